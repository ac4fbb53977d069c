// WorkerHubCore · pure · sees Contracts, Policies
package import Contracts

/// A pool as it is when somebody asks why a job is not further.
package struct PoolScene: Equatable, Sendable {
    package var pool: Pool
    /// Every node that is known, whatever it works for.
    package var nodes: [NodeRecord]
    package var out: [TenantID: Int]
    package var caps: TenantCaps
    package var held: Int
    /// When the job was begun that was begun last.
    package var lastStart: Timestamp?

    package init(
        pool: Pool, nodes: [NodeRecord], out: [TenantID: Int] = [:], caps: TenantCaps = TenantCaps(), held: Int = 0,
        lastStart: Timestamp? = nil
    ) {
        self.pool = pool
        self.nodes = nodes
        self.out = out
        self.caps = caps
        self.held = held
        self.lastStart = lastStart
    }

    package var own: [NodeRecord] {
        nodes.filter { record in record.telemetry.pools.contains { $0.pool == pool && $0.slots > 0 } }
    }

    package func ready(at now: Timestamp) -> [NodeRecord] { own.filter { $0.status(at: now) == .ready } }
    package func slots(at now: Timestamp) -> Int { own.map { $0.slots(in: pool, at: now) }.reduce(0, +) }
}

/// Says for what a job waits. The first thing that is missing is the one that is said.
package enum WaitingRoom {
    /// Nil when it does not wait. `ahead` is how many jobs have their turn before.
    package static func reason(
        for lease: Lease, in scene: PoolScene, ahead: Int, at now: Timestamp
    ) -> WaitingReason? {
        guard lease.hold.state == .waiting || lease.hold.state == .offered else { return nil }
        if let reason = nobody(for: lease.order.jobType, in: scene, at: now) { return reason }
        let slots = scene.slots(at: now)
        let isFull = scene.held >= slots
        let busySince = isFull ? scene.lastStart : nil
        let busy = "every one of the \(slots) slots of pool \(scene.pool.rawValue) has work"
        if lease.hold.state == .offered {
            return isFull
                ? WaitingReason(.allBusy, busy + "; its ticket is in the queue", since: busySince)
                : WaitingReason(.ticketOut, "its ticket is in the queue; the next free slot takes it")
        }
        let tenant = lease.trail.tenantID
        if let cap = scene.caps.cap(of: tenant), (scene.out[tenant] ?? 0) >= cap {
            let message = "tenant \(tenant) has \(scene.out[tenant] ?? 0) tickets out, and may have \(cap)"
            return WaitingReason(.tenantCap, message)
        }
        if ahead > 0 {
            let message = "\(ahead) jobs have their turn before it" + (isFull ? "; \(busy)" : "")
            return WaitingReason(.behindOthers, message, since: busySince, ahead: ahead)
        }
        return isFull
            ? WaitingReason(.allBusy, "\(busy); its turn is next", since: busySince)
            : WaitingReason(.nextInTurn, "enough tickets are out; it gets the next one")
    }

    private static func nobody(for type: JobType, in scene: PoolScene, at now: Timestamp) -> WaitingReason? {
        let pool = scene.pool.rawValue
        let own = scene.own
        if own.isEmpty { return WaitingReason(.noNode, "no node works for pool \(pool): start a worker of it") }
        let ready = scene.ready(at: now)
        if ready.isEmpty {
            let each = own.map { says($0, at: now) }.joined(separator: "; ")
            return WaitingReason(
                .noneReady, "no node of pool \(pool) gets work: \(each)", since: own.map { left($0, at: now) }.max())
        }
        let isKnown = ready.contains { record in
            record.telemetry.pools.contains {
                $0.pool == scene.pool && ($0.jobTypes.isEmpty || $0.jobTypes.contains(type))
            }
        }
        if isKnown { return nil }
        return WaitingReason(.noneCapable, "no ready node of pool \(pool) knows how to do \(type.rawValue)")
    }

    private static func says(_ record: NodeRecord, at now: Timestamp) -> String {
        let why = record.isSilent(at: now) ? nil : record.reason
        return "\(record.telemetry.nodeID) is \(record.status(at: now).rawValue)" + (why.map { " (\($0))" } ?? "")
    }

    /// Since when it gets no work.
    private static func left(_ record: NodeRecord, at now: Timestamp) -> Timestamp {
        record.isSilent(at: now) ? record.seenAt : record.since
    }
}
