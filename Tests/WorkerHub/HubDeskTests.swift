// WorkerHubTests · tests · sees Contracts, Delivery, Embedded, Ports, Wire, WorkerHubAdapters, WorkerHubCore, WorkerHubShell
import Contracts
import Delivery
import Embedded
import Ports
import Testing
import Wire
import WorkerHubAdapters
import WorkerHubCore
import WorkerHubShell

@Suite("The hub's desk")
struct HubDeskTests {
    private static let one = NodeMachineTests.one
    private static let two = NodeID(trusted: "node_2")

    private func order(_ number: Int, tenant: String = "a") -> LeaseNews {
        var order = LeaseMachineTests.order()
        order.jobID = job(number)
        var trail = LeaseMachineTests.trail
        trail.tenantID = TenantID(trusted: tenant)
        return LeaseNews(
            eventID: EventID(trusted: "evt_order_\(number)"), subject: .job(order.jobID),
            fact: .ordered(order, trail: trail))
    }

    private func job(_ number: Int) -> JobID { JobID(trusted: "job_\(1000 + number)") }

    private func claim(_ number: Int, _ token: Int64, _ node: NodeID = one) -> LeaseClaim {
        LeaseClaim(jobID: job(number), attempt: 1, leaseToken: token, nodeID: node)
    }

    private func say(_ fact: LeaseFact, _ number: Int, to hub: HubWorld) async throws {
        try await hub.steward.receive([LeaseNews(eventID: nil, subject: .job(job(number)), fact: fact)])
    }

    /// The letters the node finds in its queue, once the hub's relay has sent what there is.
    private func letters(to node: NodeID, of hub: HubWorld, count: Int) async throws -> [EventEnvelope] {
        let relay = Task { try? await hub.relay.run() }  // it ends by being cancelled
        let arrivals = try await hub.bus.subscribe(to: .node(node), prefetch: 16)
        var letters: [EventEnvelope] = []
        while letters.count < count, let batch = try await arrivals.next() {
            letters += try batch.compactMap { try EnvelopeReader.read($0.letter.body) }
            try await hub.bus.settle(batch.map { Verdict($0, .done) })
        }
        await arrivals.end()
        relay.cancel()
        await relay.value
        return letters
    }

    @Test("knows its nodes after a restart, and what was wanted of them")
    func restart() async throws {
        let first = try await HubWorld()
        try await first.hear("evt_1", NodeMachineTests.telemetry())
        #expect(try await first.desk.cordon(Self.one, because: "disk"))
        #expect(try await first.desk.cordon(Self.two, because: "disk") == false, "nobody knows it")
        await first.end()
        let hub = try await HubWorld(in: first.folder)
        let node = try #require(try await hub.desk.node(Self.one))
        #expect(node.status == .cordoned && node.reason == "disk")
        #expect(node.telemetry == NodeMachineTests.telemetry())
        #expect(try await hub.steward.holders() == [Self.one])
        try await hub.hear("evt_2", NodeMachineTests.telemetry(.rest, isLast: true))
        #expect(try await hub.desk.nodes().isEmpty)
        await hub.close()
    }

    @Test("sees a node fall silent, and forgets it an hour later")
    func silence() async throws {
        let clock = SetClock()
        let hub = try await HubWorld(clock: clock)
        try await hub.hear("evt_1", NodeMachineTests.telemetry())
        #expect(try await hub.desk.nodes().map(\.status) == [.ready])
        clock.pass(.seconds(60))
        #expect(try await hub.desk.nodes().map(\.status) == [.silent])
        clock.pass(.seconds(3600))
        #expect(try await hub.steward.nextExpiry().map { $0 <= clock.now() } == true)
        try await hub.steward.sweep()
        #expect(try await hub.desk.nodes().isEmpty)
        #expect(try await hub.steward.nextExpiry() == nil)
        await hub.close()
    }

    @Test("turns a node away that is cordoned, tells it twice, and gives its job to another")
    func cordon() async throws {
        let hub = try await HubWorld()
        try await hub.bus.declare(Topology.built.joined(with: Topology([.node(Self.one): [], .node(Self.two): []])))
        try await hub.hear("evt_1", NodeMachineTests.telemetry())
        try await hub.hear("evt_2", NodeMachineTests.telemetry(.work, Self.two))
        try await hub.steward.receive([order(1)])
        #expect(try await hub.desk.cordon(Self.one, because: "disk"))
        try await say(.started(claim(1, 1)), 1, to: hub)
        #expect(try await hub.store.lease(of: job(1))?.hold == .offered(token: 2))
        let heard = try await letters(to: Self.one, of: hub, count: 3)
        let duties = heard.filter { $0.eventType == .ainer(.nodeDutyChanged) }
        #expect(
            try duties.map { try JSON.typed(NodeOrder.self, $0.payload) }
                == Array(repeating: NodeOrder(nodeID: Self.one, duty: .rest, reason: "disk"), count: 2))
        #expect(heard.contains { $0.eventType == .ainer(.leaseRefused) })
        try await say(.started(claim(1, 2, Self.two)), 1, to: hub)
        #expect(try await hub.desk.node(Self.two)?.holds == [job(1)])
        #expect(try await hub.desk.uncordon(Self.one))
        #expect(try await hub.desk.node(Self.one)?.status == .ready)
        await hub.close()
    }

    @Test("judges no node by failures that a sandbox ordered")
    func sandbox() async throws {
        let hub = try await HubWorld()
        try await hub.hear("evt_1", NodeMachineTests.telemetry())
        try await hub.hear("evt_2", NodeMachineTests.telemetry(.work, Self.two))
        for number in 1...10 {
            let claim = claim(number, 1, number <= 5 ? Self.two : Self.one)
            var ordered = LeaseMachineTests.order()
            (ordered.jobID, ordered.mishap) = (job(number), claim.nodeID == Self.one ? Mishap("#fail video oom") : nil)
            var result = LeaseMachineTests.result(claim)
            if let failure = ordered.mishap?.report {
                result = WorkerResult(
                    claim: claim, startedAt: hub.clock.now(), finishedAt: hub.clock.now(), failure: failure)
            }
            try await say(.ordered(ordered, trail: LeaseMachineTests.trail), number, to: hub)
            try await say(.started(claim), number, to: hub)
            try await say(.reported(result), number, to: hub)
        }
        let node = try #require(try await hub.desk.node(Self.one))
        #expect(node.status == .ready && node.results == 0)
        #expect(try await hub.desk.node(Self.two)?.results == 5)
        await hub.close()
    }

    @Test("quarantines the node whose work fails, keeps it from new work for a while, and says why")
    func quarantine() async throws {
        let clock = SetClock()
        let hub = try await HubWorld(clock: clock)
        try await hub.bus.declare(Topology.built.joined(with: Topology([.node(Self.one): [], .node(Self.two): []])))
        try await hub.hear("evt_1", NodeMachineTests.telemetry())
        try await hub.hear("evt_2", NodeMachineTests.telemetry(.work, Self.two))
        for number in 1...10 {
            let node = number <= 5 ? Self.two : Self.one
            let claim = claim(number, 1, node)
            try await hub.steward.receive([order(number)])
            try await say(.started(claim), number, to: hub)
            var result = LeaseMachineTests.result(claim)
            if node == Self.one {
                result = WorkerResult(
                    claim: claim, startedAt: clock.now(), finishedAt: clock.now(),
                    failure: FailureReport(.executionFailed, "no", owner: .workerVideo))
            }
            try await say(.reported(result), number, to: hub)
        }
        let node = try #require(try await hub.desk.node(Self.one))
        #expect(node.status == .quarantined && node.until == clock.now() + NodeMachine.pause)
        #expect(node.reason?.hasPrefix("5 of its 5 results in pool video were failures, and 0 of 5") == true)
        #expect(try await hub.desk.node(Self.two)?.status == .ready)
        clock.pass(NodeMachine.pause)
        try await hub.hear("evt_3", NodeMachineTests.telemetry(.rest))
        try await hub.steward.sweep()
        #expect(try await hub.desk.node(Self.one)?.status == .ready)
        let letters = try await letters(to: Self.one, of: hub, count: 2)
        let duties = try letters.map { try JSON.typed(NodeOrder.self, $0.payload).duty }
        #expect(duties == [.rest, .work])
        await hub.close()
    }

    @Test("says of every pool what is out, what waits and why, and how fast it works")
    func pools() async throws {
        let clock = SetClock()
        let hub = try await HubWorld(caps: TenantCaps(own: [TenantID(trusted: "b"): 1]), clock: clock)
        #expect(try await hub.desk.pools().map(\.pool) == Pool.allCases)
        try await hub.steward.receive((1...8).map { order($0) })
        let before = try #require(try await hub.desk.pools().first { $0.pool == .video })
        #expect(before.offered == 6 && before.waiting == 2 && before.waitingReason?.code == .noNode)
        try await hub.hear("evt_1", NodeMachineTests.telemetry())
        for number in 1...2 { try await say(.started(claim(number, 1)), number, to: hub) }
        clock.pass(.seconds(90))
        try await hub.hear("evt_2", NodeMachineTests.telemetry())
        for number in 1...2 { try await say(.renewed(claim(number, 1)), number, to: hub) }
        let pool = try #require(try await hub.desk.pools().first { $0.pool == .video })
        #expect(pool.readyNodes == 1 && pool.nodes == 1 && pool.slots == 2)
        #expect(pool.held == 2 && pool.offered == 4 && pool.waiting == 2)
        #expect(pool.oldestWaitingSince == LeaseMachineTests.start)
        #expect(pool.waitingReason?.code == .allBusy && pool.waitingReason?.since == LeaseMachineTests.start)
        let last = try #require(try await hub.desk.why(job: job(8)))
        #expect(last.state == .waiting && last.reason?.code == .behindOthers && last.reason?.ahead == 1)
        #expect(try await hub.desk.why(job: job(1))?.nodeID == Self.one)
        #expect(try await hub.desk.why(job: job(99)) == nil)
        try await say(.reported(LeaseMachineTests.result(claim(1, 1))), 1, to: hub)
        clock.pass(.seconds(60))
        #expect(try await hub.desk.pools().first { $0.pool == .video }?.ratePerMinute == 0.2)
        await hub.close()
    }

    @Test("gives a big pool as many tickets as its slots can use")
    func room() async throws {
        let hub = try await HubWorld()
        try await hub.steward.receive((1...40).map { order($0) })
        #expect(try await hub.desk.pools().first { $0.pool == .video }?.offered == 6)
        try await hub.hear("evt_1", NodeMachineTests.telemetry(slots: 20))
        #expect(try await hub.desk.pools().first { $0.pool == .video }?.offered == 30)
        await hub.close()
    }

    @Test("says that a tenant has as many tickets as it may")
    func cap() async throws {
        let hub = try await HubWorld(caps: TenantCaps(standard: 1))
        try await hub.hear("evt_1", NodeMachineTests.telemetry())
        try await hub.steward.receive([order(1), order(2)])
        #expect(try await hub.desk.why(job: job(1))?.reason?.code == .ticketOut)
        #expect(try await hub.desk.why(job: job(2))?.reason?.code == .tenantCap)
        await hub.close()
    }
}
