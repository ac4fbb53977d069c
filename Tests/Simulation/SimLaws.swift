// SimulationTests · tests · sees Contracts, Delivery, OrchestratorAdapters, OrchestratorCore, Ports, SQLiteDriver, Wire
import Contracts
import Delivery
import OrchestratorAdapters
import OrchestratorCore
import Ports
import SQLiteDriver
import Wire

/// What must hold at the end of every story, told from the tables and from what the broker took in.
struct SimLaws {
    private static let said = statement(
        "sim.said", gives: (EventID, String, [UInt8], Timestamp?).self,
        "SELECT id, address, body, published_at FROM events ORDER BY seq")
    private static let promotions = statement(
        "sim.promotions", gives: (JobID, String).self, "SELECT job_id, checksum FROM artifacts ORDER BY id")
    private static let open = statement(
        "sim.open", gives: (JobID, String).self,
        "SELECT job_id, state FROM leases WHERE state NOT IN ('succeeded', 'failed', 'canceled') ORDER BY job_id")
    private static let patches = statement("sim.patches", gives: (Int).self, "SELECT count(*) FROM patches")

    private struct Word {
        let id: EventID
        let address: String
        let envelope: EventEnvelope
        let isPublished: Bool

        var type: EventType { envelope.eventType }
    }

    private let world: SimWorld
    private let orchestrator: [Word]
    private let hub: [Word]
    private let promoted: [(job: JobID, checksum: String)]
    private let openLeases: [String]
    private let patches: Int
    private let states: [RunState]

    init(of world: SimWorld) async throws {
        self.world = world
        orchestrator = try await Self.words(world.land.orchestrator)
        hub = try await Self.words(world.land.hub)
        promoted = try await world.land.hub.database.transaction { tx in try await tx.rows(Self.promotions()) }
            .map { ($0.0, $0.1) }
        openLeases = try await world.land.hub.database.transaction { tx in try await tx.rows(Self.open()) }
            .map { "\($0.0) is \($0.1)" }
        patches = try await world.land.orchestrator.database.transaction { tx in
            try await tx.row(Self.patches()) ?? 0
        }
        var states: [RunState] = []
        for run in world.runs { if let state = try await world.land.runStore.run(run) { states.append(state) } }
        self.states = states
    }

    private static func words(_ owner: SimLand.Owner) async throws -> [Word] {
        try await owner.database.transaction { tx in try await tx.rows(said()) }.map { id, address, body, published in
            guard let envelope = try EnvelopeReader.read(body) else { throw SimFault("an outbox holds no envelope") }
            return Word(id: id, address: address, envelope: envelope, isPublished: published != nil)
        }
    }

    /// Everything that was said in the end, for whoever looks for what went wrong.
    var chronicle: [String] {
        (orchestrator + hub).map { word in
            let about = word.envelope.jobID?.rawValue ?? word.envelope.runID?.rawValue ?? ""
            return "\(word.envelope.occurredAt.text) \(word.envelope.producer.rawValue): \(word.type.name) \(about)"
        }.sorted()
    }

    /// Every law that does not hold, in words.
    func broken() throws -> [String] {
        try endings() + outboxes() + results() + attempts() + orders()
            + world.land.bus.buried.map { "a letter was buried: \($0)" }
            + openLeases.map { "somebody still waits for a job: \($0)" }
    }

    /// Every run is over, and said so once; what is over goes on only when somebody asked for it.
    private func endings() -> [String] {
        var faults: [String] = []
        if states.count != world.runs.count { faults.append("a run was never created") }
        for state in states {
            if !state.status.isFinal { faults.append("\(state.runID) ends as \(state.status.rawValue)") }
            let isDone = state.jobs.allSatisfy { $0.status == .succeeded }
            if (state.status == .succeeded) != isDone {
                faults.append("\(state.runID) is \(state.status.rawValue), and its jobs say otherwise")
            }
            var isOver = false
            for word in orchestrator where word.envelope.runID == state.runID {
                switch word.type {
                case .ainer(.runSucceeded), .ainer(.runFailed), .ainer(.runCanceled):
                    if isOver { faults.append("\(state.runID) ended twice") }
                    isOver = true
                case .ainer(.runResumed): isOver = false
                case .ainer(.jobCreated) where isOver, .ainer(.jobEnqueued) where isOver:
                    faults.append("\(state.runID) ordered work when it was over")
                default: break
                }
            }
            if isOver != state.status.isFinal { faults.append("\(state.runID) did not say how it ended") }
        }
        let anew = world.wishes.count {
            [.runRetryRequested, .runRerunRequested, .shotRegenerateRequested].contains($0)
        }
        // It was handed in before anything was asked of it, whatever came first.
        faults += world.land.complaints.all.filter { $0.contains("before it was submitted") }
        if patches > anew { faults.append("\(patches) times work was done anew, and \(anew) times it was asked for") }
        return faults
    }

    /// What was committed is published, and nothing else is.
    private func outboxes() throws -> [String] {
        let committed = orchestrator + hub
        let names = Set(committed.map(\.id))
        var faults = committed.filter { !$0.isPublished }.map { "\($0.type.name) was never published" }
        let taken = world.land.bus.taken
        // What is said to a node that is gone reaches nobody.
        faults += committed.filter { taken[$0.id] == nil && !$0.address.hasPrefix("queue:ainer.node.") }
            .map { "\($0.type.name) never reached the broker" }
        for (id, letter) in taken where !names.contains(id) {
            guard let envelope = try EnvelopeReader.read(letter.body) else { continue }
            if [.orchestrator, .workerHub].contains(envelope.producer) {
                faults.append("\(envelope.eventType.name) was published and never committed")
            }
        }
        return faults
    }

    /// One accepted result a job, one promotion an artifact, and its bytes are there.
    private func results() throws -> [String] {
        let successes = hub.filter { $0.type == .ainer(.jobSucceeded) }
        var faults = Self.twice(successes.compactMap(\.envelope.jobID)).map { "\($0) succeeded twice" }
        faults += Self.twice(promoted.map(\.job)).map { "the output of \($0) was promoted twice" }
        let made = Dictionary(promoted.map { ($0.job, $0.checksum) }, uniquingKeysWith: { first, _ in first })
        for word in successes {
            let payload = try JSON.typed(JobSucceeded.self, word.envelope.payload)
            for artifact in payload.artifacts {
                if word.envelope.jobID.flatMap({ made[$0] }) != artifact.checksum {
                    faults.append("\(payload.head.jobID) succeeded with something that was not promoted")
                }
                if let key = artifact.key, !world.land.store.holds(key) {
                    faults.append("what \(payload.head.jobID) made is not there")
                }
            }
        }
        for job in states.flatMap(\.jobs) where job.status == .succeeded && made[job.jobID] == nil {
            faults.append("\(job.jobID) succeeded and nobody accepted a result")
        }
        return faults
    }

    /// An attempt fails once, begins once, and every failure is counted once.
    private func attempts() throws -> [String] {
        let failures = hub.filter { $0.type == .ainer(.jobFailed) }
        let failed = try failures.map { word in
            let payload = try JSON.typed(JobFailed.self, word.envelope.payload)
            return "\(payload.head.jobID), attempt \(payload.head.attempt),"
        }
        var faults = Self.twice(failed).map { "\($0) failed twice" }
        let begun = try hub.filter { $0.type == .ainer(.jobClaimed) }.map { word in
            let payload = try JSON.typed(JobClaimed.self, word.envelope.payload)
            return "\(payload.head.jobID) with token \(payload.leaseToken)"
        }
        faults += Self.twice(begun).map { "\($0) was begun twice" }
        for job in states.flatMap({ $0.jobs + $0.retired }) {
            let told = failures.count { $0.envelope.jobID == job.jobID }
            let isExact = job.status != .canceled && job.retiredAt == nil
            if isExact ? job.failures != told : job.failures > told {
                faults.append("\(job.jobID) failed \(told) times, and \(job.failures) were counted")
            }
        }
        return faults
    }

    /// Every attempt is ordered once.
    private func orders() throws -> [String] {
        let types: Set<EventType> = [.ainer(.jobCreated), .ainer(.jobEnqueued)]
        let ordered = try orchestrator.filter { types.contains($0.type) }.map { word in
            let order = try JSON.typed(JobOrder.self, word.envelope.payload)
            return "\(order.jobID), attempt \(order.attempt),"
        }
        return Self.twice(ordered).map { "\($0) was ordered twice" }
    }

    private static func twice<Name: Hashable>(_ names: [Name]) -> [Name] {
        var seen: Set<Name> = []
        return names.filter { !seen.insert($0).inserted }
    }
}

struct SimFault: Error {
    let words: String
    init(_ words: String) { self.words = words }
}
