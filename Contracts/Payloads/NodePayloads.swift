// Contracts · pure · sees nothing

/// What the hub wants of a node.
package enum NodeDuty: String, CaseIterable, Codable, Hashable, Sendable {
    /// Take tickets.
    case work
    /// Take none until told otherwise; what is under way goes on.
    case rest
    /// Take none, finish what is under way, and go.
    case leave
}

/// What one node has for one pool.
package struct NodePool: Codable, Hashable, Sendable {
    package var pool: Pool
    /// How many jobs it works on at once.
    package var slots: Int
    package var busy: Int
    /// The jobs it knows; empty when it says nothing of it.
    package var jobTypes: [JobType]
    /// Models it holds ready.
    package var models: [String]

    package enum CodingKeys: String, CodingKey {
        case pool = "worker_type"
        case slots
        case busy
        case jobTypes = "job_types"
        case models
    }

    package init(pool: Pool, slots: Int, busy: Int = 0, jobTypes: [JobType] = [], models: [String] = []) {
        self.pool = pool
        self.slots = slots
        self.busy = busy
        self.jobTypes = jobTypes
        self.models = models
    }
}

/// How one graphics card is.
package struct GPULoad: Codable, Hashable, Sendable {
    package var name: String
    /// 0…1 of its time.
    package var utilization: Double?
    package var memoryUsedBytes: Int64?
    package var memoryTotalBytes: Int64?
    package var temperatureC: Double?

    package enum CodingKeys: String, CodingKey {
        case name
        case utilization
        case memoryUsedBytes = "memory_used_bytes"
        case memoryTotalBytes = "memory_total_bytes"
        case temperatureC = "temperature_c"
    }

    package init(name: String) { self.name = name }
}

/// Payload of `node.telemetry`: who a node is, what it can do and how busy it is.
package struct NodeTelemetry: Codable, Hashable, Sendable {
    package var nodeID: NodeID
    package var version: String
    package var startedAt: Timestamp
    /// The last it was told, and obeys.
    package var duty: NodeDuty
    package var pools: [NodePool]
    package var host: String?
    /// The operator's own marks.
    package var labels: [String: String]?
    package var gpus: [GPULoad]?
    /// True in its last word.
    package var isLast: Bool?

    package enum CodingKeys: String, CodingKey {
        case nodeID = "node_id"
        case version
        case startedAt = "started_at"
        case duty
        case pools
        case host
        case labels
        case gpus
        case isLast = "is_last"
    }

    package init(nodeID: NodeID, version: String, startedAt: Timestamp, duty: NodeDuty = .work, pools: [NodePool]) {
        self.nodeID = nodeID
        self.version = version
        self.startedAt = startedAt
        self.duty = duty
        self.pools = pools
    }
}

/// Payload of `node.duty.changed`: what the hub wants of a node from now on.
package struct NodeOrder: Codable, Hashable, Sendable {
    package var nodeID: NodeID
    package var duty: NodeDuty
    package var reason: String?

    package enum CodingKeys: String, CodingKey {
        case nodeID = "node_id"
        case duty
        case reason
    }

    package init(nodeID: NodeID, duty: NodeDuty, reason: String? = nil) {
        self.nodeID = nodeID
        self.duty = duty
        self.reason = reason
    }
}
