// WorkerHubCore · pure · sees Contracts, Policies
package import Contracts

/// How the hub means a node to be used.
package enum Standing: String, CaseIterable, Sendable {
    case working
    case cordoned
    case draining
    case quarantined

    /// What the node is told.
    package var duty: NodeDuty {
        switch self {
        case .working: .work
        case .cordoned, .quarantined: .rest
        case .draining: .leave
        }
    }

    package var status: NodeStatus {
        switch self {
        case .working: .ready
        case .cordoned: .cordoned
        case .draining: .draining
        case .quarantined: .quarantined
        }
    }
}

/// The hub's record of one node.
package struct NodeRecord: Equatable, Sendable {
    /// Three heartbeats.
    package static let patience = Duration.seconds(45)
    /// Who was silent for so long is forgotten, with whatever was wanted of it.
    package static let memory = Duration.seconds(3600)

    /// What it last told of itself.
    package var telemetry: NodeTelemetry
    package var standing: Standing
    package var reason: String?
    package var since: Timestamp
    /// When a quarantine ends by itself.
    package var until: Timestamp?
    package var seenAt: Timestamp

    package init(
        _ telemetry: NodeTelemetry, standing: Standing = .working, reason: String? = nil, since: Timestamp,
        until: Timestamp? = nil, seenAt: Timestamp
    ) {
        self.telemetry = telemetry
        self.standing = standing
        self.reason = reason
        self.since = since
        self.until = until
        self.seenAt = seenAt
    }

    /// A node that nobody hears of is silent, whatever was wanted of it.
    package func status(at now: Timestamp) -> NodeStatus {
        isSilent(at: now) ? .silent : standing.status
    }

    package func isSilent(at now: Timestamp) -> Bool { now > seenAt + Self.patience }

    /// Slots that can take work of a pool now.
    package func slots(in pool: Pool, at now: Timestamp) -> Int {
        guard status(at: now) == .ready else { return 0 }
        return telemetry.pools.first { $0.pool == pool }?.slots ?? 0
    }

    var order: NodeOrder { NodeOrder(nodeID: telemetry.nodeID, duty: standing.duty, reason: reason) }
}
