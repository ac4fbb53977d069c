// Contracts · pure · sees nothing

/// How a node stands with the hub.
package enum NodeStatus: String, CaseIterable, Codable, Hashable, Sendable {
    /// It gets work.
    case ready
    /// An operator wants it to get no new work.
    case cordoned
    /// An operator wants it to finish and go.
    case draining
    /// Its work failed far more often than the others'; it gets none for a while.
    case quarantined
    /// Nothing was heard of it for several heartbeats.
    case silent
}

/// A node as an operator sees it.
package struct NodeView: Codable, Hashable, Sendable {
    package var nodeID: NodeID
    package var status: NodeStatus
    /// Why it is not ready.
    package var reason: String?
    /// Since when it stands as it does.
    package var since: Timestamp
    /// When a quarantine ends by itself.
    package var until: Timestamp?
    package var lastSeen: Timestamp
    /// What it last told of itself.
    package var telemetry: NodeTelemetry
    /// Jobs whose lease it has.
    package var holds: [JobID]
    /// Results of the last ten minutes, and how many of them were failures that may be its own fault.
    package var results: Int
    package var failures: Int

    package enum CodingKeys: String, CodingKey {
        case nodeID = "node_id"
        case status
        case reason
        case since
        case until
        case lastSeen = "last_seen"
        case telemetry
        case holds
        case results
        case failures
    }

    package init(_ telemetry: NodeTelemetry, status: NodeStatus, since: Timestamp, lastSeen: Timestamp) {
        self.nodeID = telemetry.nodeID
        self.status = status
        self.since = since
        self.lastSeen = lastSeen
        self.telemetry = telemetry
        self.holds = []
        self.results = 0
        self.failures = 0
    }
}
