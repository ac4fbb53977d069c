// Contracts · pure · sees nothing

/// Why a job is not being worked on, or all that wait in a pool.
package struct WaitingReason: Codable, Hashable, Sendable {
    package enum Code: String, CaseIterable, Codable, Hashable, Sendable {
        /// No node has ever said that it works for the pool.
        case noNode = "no_node"
        /// There are nodes, and each is cordoned, draining, quarantined or silent.
        case noneReady = "none_ready"
        /// There are ready nodes, and none knows this kind of job.
        case noneCapable = "none_capable"
        /// Its tenant has as many tickets out as it may.
        case tenantCap = "tenant_cap"
        /// Others have their turn first.
        case behindOthers = "behind_others"
        /// Nobody goes before it; it gets the next ticket.
        case nextInTurn = "next_in_turn"
        /// Every slot has work.
        case allBusy = "all_busy"
        /// Its ticket lies in the pool's queue; the next free slot takes it.
        case ticketOut = "ticket_out"
    }

    package var code: Code
    /// For people: what it waits for.
    package var message: String
    /// Since when it is so, where that is known.
    package var since: Timestamp?
    /// How many jobs have their turn before.
    package var ahead: Int?

    package enum CodingKeys: String, CodingKey {
        case code
        case message
        case since
        case ahead
    }

    package init(_ code: Code, _ message: String, since: Timestamp? = nil, ahead: Int? = nil) {
        self.code = code
        self.message = message
        self.since = since
        self.ahead = ahead
    }
}

/// A pool as an operator sees it.
package struct PoolView: Codable, Hashable, Sendable {
    package var pool: Pool
    /// Nodes that get work of this pool now, of how many that are known.
    package var readyNodes: Int
    package var nodes: Int
    /// Of the ready nodes.
    package var slots: Int
    package var busy: Int
    /// Tickets that lie in its queue, and jobs that somebody holds.
    package var offered: Int
    package var held: Int
    package var waiting: Int
    package var oldestWaitingSince: Timestamp?
    /// Why the one that waits longest waits; nil when nobody does.
    package var waitingReason: WaitingReason?
    /// Results over the last five minutes, good and bad.
    package var ratePerMinute: Double

    package enum CodingKeys: String, CodingKey {
        case pool = "worker_type"
        case readyNodes = "ready_nodes"
        case nodes
        case slots
        case busy
        case offered
        case held
        case waiting
        case oldestWaitingSince = "oldest_waiting_since"
        case waitingReason = "waiting_reason"
        case ratePerMinute = "rate_per_minute"
    }

    package init(pool: Pool) {
        self.pool = pool
        readyNodes = 0
        nodes = 0
        slots = 0
        busy = 0
        offered = 0
        held = 0
        waiting = 0
        ratePerMinute = 0
    }
}

/// Where a job is at the hub, and why it is not further.
package struct JobWhy: Codable, Hashable, Sendable {
    package var jobID: JobID
    package var pool: Pool
    package var state: LeaseState
    package var attempt: Int
    package var since: Timestamp
    /// Who holds it.
    package var nodeID: NodeID?
    package var reason: WaitingReason?

    package enum CodingKeys: String, CodingKey {
        case jobID = "job_id"
        case pool = "worker_type"
        case state
        case attempt
        case since
        case nodeID = "node_id"
        case reason
    }

    package init(_ order: JobOrder, state: LeaseState, since: Timestamp, nodeID: NodeID? = nil) {
        jobID = order.jobID
        pool = order.pool
        attempt = order.attempt
        self.state = state
        self.since = since
        self.nodeID = nodeID
    }
}
