// WorkerHubTests · tests · sees Contracts, Delivery, Embedded, Kit, Policies, Ports, Telemetry, Wire, WorkerHubAdapters, WorkerHubCore, WorkerHubShell, WorkerKitShell
import Contracts
import Delivery
import Embedded
import Kit
import Policies
import Ports
import Telemetry
import Testing
import Wire
import WorkerHubAdapters
import WorkerHubCore
import WorkerHubShell
import WorkerKitShell

@Suite("Workers that fail, die or lie")
struct CrookedWorkerTests {
    private static let one = NodeID(trusted: "node_1")
    private static let two = NodeID(trusted: "node_2")

    @Test("an honest worker's file is promoted, and its failure is told with its code")
    func honest() async throws {
        let floor = try await HubFloor()
        let oom = FailureReport(.resourceExhausted, "no memory", owner: .workerVideo)
        floor.hire(ScriptedWorker(.video, .succeeds("one"), .fails(oom)))
        try await floor.order(1)
        #expect(try await floor.ends(1) == .succeeded)
        try await floor.order(2)
        #expect(try await floor.ends(2) == .failed)
        #expect(try await floor.holds("one"))
        #expect(try await floor.told(2) == [.resourceExhausted])
        try await floor.close()
    }

    @Test("a worker that hangs is stopped when its time is over")
    func hanging() async throws {
        let floor = try await HubFloor()
        floor.hire(ScriptedWorker(.video, .hangs))
        try await floor.order(1, timeoutMS: 200)
        #expect(try await floor.ends(1) == .failed)
        #expect(try await floor.told(1) == [.workTimedOut])
        try await floor.close()
    }

    @Test("a worker that dies loses its job to another, and its late result counts for nothing")
    func dying() async throws {
        let floor = try await HubFloor()
        try await floor.order(1)
        let first = floor.crooked(Self.one)
        let claim = try await first.play(.crashes)
        #expect(try await floor.becomes(1) { if case .held(1, Self.one, _) = $0 { true } else { false } })
        floor.clock.pass(LeaseMachine.leaseLength)
        try await floor.hub.steward.sweep()
        try await first.reports(claim, of: floor.order(of: 1), trail: LeaseMachineTests.trail)
        try await floor.crooked(Self.two).play(.repeatsItself)
        #expect(try await floor.ends(1) == .succeeded)
        #expect(try await floor.holds("made by node_2"))
        #expect(try await floor.holds("made late by node_1") == false)
        #expect(try await floor.told(1) == [nil], "it succeeds once, though that was said twice")
        try await floor.close()
    }

    @Test("a result with an old token changes nothing, and neither does one for a job of somebody else")
    func oldToken() async throws {
        let floor = try await HubFloor()
        try await floor.order(1)
        let claim = try await floor.crooked(Self.one).play(.showsOldToken)
        try await floor.order(2)
        try await floor.crooked(Self.two).play(.speaksFor(floor.job(1)))
        #expect(try await floor.becomes(2) { $0.state == .held })
        #expect(try await floor.becomes(1) { if case .held(1, Self.one, _) = $0 { true } else { false } })
        #expect(try await floor.told(1).isEmpty)
        #expect(try await floor.isStaged(claim), "what it left there is not for others to take away")
        try await floor.crooked(Self.one).reports(claim, of: floor.order(of: 1), trail: LeaseMachineTests.trail)
        #expect(try await floor.ends(1) == .succeeded)
        try await floor.close()
    }

    @Test("a result whose bytes are not what it says is a failure that may be tried again, and promotes nothing")
    func otherBytes() async throws {
        let floor = try await HubFloor()
        try await floor.order(1)
        try await floor.crooked(Self.one).play(.liesAboutBytes)
        #expect(try await floor.ends(1) == .failed)
        #expect(try await floor.told(1) == [.artifactMeta])
        #expect(try await floor.holds("other bytes") == false)
        try await floor.order(1, attempt: 2)
        try await floor.crooked(Self.two).play(.repeatsItself)
        #expect(try await floor.ends(1) == .succeeded)
        try await floor.close()
    }

    @Test("nobody passes off another's file as their own")
    func foreignFile() async throws {
        let floor = try await HubFloor()
        try await floor.order(1)
        let claim = try await floor.crooked(Self.one).play(.crashes)
        try await floor.order(2)
        try await floor.crooked(Self.two).play(.takesForeignFiles(prefix: claim.stagingPrefix))
        #expect(try await floor.ends(2) == .failed)
        #expect(try await floor.told(2) == [.artifactMeta])
        try await floor.close()
    }

    @Test("nothing is lost and nothing counts twice, whatever a crowd of them does")
    func crowd() async throws {
        let floor = try await HubFloor()
        var dice = Dice(7, "crowd")
        let jobs = 1...30
        for job in jobs { try await floor.order(job) }
        for round in 1...45 {
            let acts: [CrookedWorker.Act] = [
                .crashes, .repeatsItself, .showsOldToken, .liesAboutBytes, .speaksFor(floor.job(dice.between(1, 30))),
            ]
            let worker = floor.crooked(NodeID(trusted: "node_\(dice.between(1, 4))"))
            // Whoever crashed or lied about who they are keeps a lease that nobody ends but the clock.
            guard try await floor.hasTicket() else { break }
            try await worker.play(dice.pick(acts))
            if round.isMultiple(of: 5) {
                try await floor.settles()
                floor.clock.pass(LeaseMachine.leaseLength)
                try await floor.hub.steward.sweep()
            }
        }
        for _ in 0..<6 {
            try await floor.settles()
            floor.clock.pass(LeaseMachine.leaseLength)
            try await floor.hub.steward.sweep()
        }
        floor.hire(ScriptedWorker(.video, .succeeds("good")))
        for job in jobs { #expect(try await floor.ends(job) != nil, "job \(job) is lost") }
        for job in jobs { #expect(try await floor.told(job).count == 1, "job \(job) ended more than once") }
        try await floor.close()
    }
}

/// A hub that reads its queues, and workers before it.
private final class HubFloor: Sendable {
    let hub: HubWorld
    let clock = SetClock()
    private let tasks: TaskList
    private let mint: Mint

    init() async throws {
        hub = try await HubWorld(clock: clock)
        mint = hub.mint
        tasks = TaskList()
        try await hub.bus.declare(.built)
        let hub = hub
        tasks.hire { try? await hub.relay.run() }  // it ends with the test, by cancellation
        for topic in [Topic.jobDispatch, .workerResult] {
            let inbox = Inbox(
                bus: hub.bus, queue: .group(topic, .workerHub), vault: hub.vault, clock: hub.real, log: .silent)
            tasks.hire { await inbox.run { try await hub.steward.receive(try $0.compactMap(LeaseInbox.news)) } }
        }
    }

    func job(_ number: Int) -> JobID { JobID(trusted: "job_\(1000 + number)") }

    func order(of number: Int, attempt: Int = 1, timeoutMS: Int = 60_000) -> JobOrder {
        var order = LeaseMachineTests.order(attempt: attempt)
        order.jobID = job(number)
        order.timeoutMS = timeoutMS
        return order
    }

    func order(_ number: Int, attempt: Int = 1, timeoutMS: Int = 60_000) async throws {
        let order = order(of: number, attempt: attempt, timeoutMS: timeoutMS)
        let news = LeaseNews(
            eventID: mint.name(), subject: .job(order.jobID), fact: .ordered(order, trail: LeaseMachineTests.trail))
        try await hub.steward.receive([news])
    }

    func hire(_ engine: any Engine) {
        let hub = hub
        let node = WorkerNode(
            nodeID: mint.name(), bus: hub.bus, bench: hub.objects, clock: hub.real, mint: mint, log: .silent)
        tasks.hire { await node.listen() }
        tasks.hire { await PoolWorker(node: node, engine: engine).work() }
    }

    func crooked(_ node: NodeID) -> CrookedWorker {
        CrookedWorker(node, in: .video, bus: hub.bus, bench: hub.objects, clock: hub.real)
    }

    func becomes(_ number: Int, _ isSo: (Hold) -> Bool) async throws -> Bool {
        try await eventually { try await hub.store.lease(of: job(number)).map { isSo($0.hold) } == true }
    }

    /// How the job ended; nil when it does not.
    func ends(_ number: Int) async throws -> WorkOutcome? {
        var outcome: WorkOutcome?
        _ = try await eventually {
            if case .settled(let word)? = try await hub.store.lease(of: job(number))?.hold { outcome = word }
            return outcome != nil
        }
        return outcome
    }

    /// Every end of the job that the hub told of, with the code of its failure.
    func told(_ number: Int) async throws -> [ErrorCode?] {
        try await hub.said().filter { $0.jobID == job(number) }.compactMap { envelope -> ErrorCode?? in
            switch envelope.eventType {
            case .ainer(.jobSucceeded): .some(nil)
            case .ainer(.jobFailed): .some(try JSON.typed(JobFailed.self, envelope.payload).failure.errorCode)
            default: nil
            }
        }
    }

    func holds(_ words: String) async throws -> Bool {
        guard let key = ObjectKey(hex: SHA256.hex(of: Array(words.utf8))) else { return false }
        return try await hub.objects.contains(key)
    }

    func isStaged(_ claim: LeaseClaim) async throws -> Bool {
        try await !hub.objects.list(.staging, ListAsk(prefix: claim.stagingPrefix)).entries.isEmpty
    }

    /// True when a ticket lies in the queue, now or soon.
    func hasTicket() async throws -> Bool {
        try await eventually(within: .seconds(2)) { try await hub.bus.depth(of: .tickets(.video)) > 0 }
    }

    /// Returns when the hub has read all that was said to it.
    func settles() async throws {
        _ = try await eventually { try await hub.bus.depth(of: .group(.workerResult, .workerHub)) == 0 }
    }

    func close() async throws {
        await tasks.end()
        await hub.close()
    }
}
