// SimulationTests · tests · sees Contracts, Delivery, OrchestratorAdapters, OrchestratorCore, OrchestratorShell, Ports, SQLiteDriver, WorkerHubShell
import Contracts
import Delivery
import OrchestratorAdapters
import OrchestratorCore
import OrchestratorShell
import Ports
import SQLiteDriver
import WorkerHubShell

/// One story of one seed: for a while anything may happen at any moment, then nothing goes wrong any more and everything
/// comes to rest. One thing happens at a time, so that the same seed tells the same story.
final class SimWorld {
    /// What may happen next.
    private enum Act {
        case read(Int)
        case relay(SimLand.Owner)
        case tick
        case sweep
        case take(SimWorker)
        case heed(SimWorker)
        case work(SimWorker)
        case pass
    }

    /// More than any story needs to come to rest.
    private static let mostCalmSteps = 4000

    let land: SimLand
    private(set) var runs: [RunID] = []
    /// Wishes for work anew, and for an end.
    private(set) var wishes: [AinerEvent] = []
    private(set) var story: [String] = []
    /// Owners whose outbox may hold something.
    private var mayHaveSaid: Set<String> = []
    private let workers: [SimWorker]

    init(seed: UInt64, hasInbox: Bool = true) async throws {
        let land = try await SimLand(seed: seed, hasInbox: hasInbox)
        self.land = land
        workers = SimLand.pools.flatMap { pool in [SimWorker(pool, in: land), SimWorker(pool, in: land)] }
    }

    /// Lives it to its end and says which laws were broken.
    func live() async throws -> [String] {
        let count = land.fate.between(1, 2)
        for _ in 0..<count { try await submit() }
        for _ in 0..<land.fate.between(80, 240) {
            try await misfortune()
            try await happen(land.fate.pick(acts()))
        }
        land.fate.becomeKind()
        let rests = try await comesToRest()
        let laws = try await SimLaws(of: self)
        let broken = try laws.broken()
        story += ["", "what was said:"] + laws.chronicle
        await land.close()
        return (rests ? [] : ["it does not come to rest"]) + broken
    }

    private func submit() async throws {
        let run: RunID = land.mint.name()
        var spec = TaskSpec(
            taskID: land.mint.name(), tenantID: .local, projectID: .local, chapterID: "story",
            requestedQuality: .draft, languageContext: "en",
            input: ArtifactMeta(
                artifactID: land.mint.name(), type: .sourceText, key: try await land.store.put(Array("text".utf8)).key,
                sizeBytes: 4, createdAt: land.clock.now()), seed: 7)
        if land.fate.strikes(0.15) {
            spec.gates = [GateWish(gate: "text", after: .ingest, timeoutMS: 60_000, defaultDecision: .approve)]
        }
        if land.fate.strikes(0.1) { spec.deadlineMS = 300_000 }
        runs.append(run)
        try await land.say(.taskSubmitted, spec, of: run)
        note("a story is handed in: \(run)")
    }

    // MARK: what happens

    private func acts() -> [Act] {
        var acts: [Act] = []
        for (index, reader) in land.readers.enumerated() where land.bus.hasMessages(in: reader.queue) {
            acts += [.read(index), .read(index)]
        }
        for owner in [land.orchestrator, land.hub] where mayHaveSaid.contains(owner.database.owner) {
            acts += [.relay(owner), .relay(owner)]
        }
        let now = land.clock.now()
        for worker in workers {
            if worker.sitting == nil, land.bus.hasMessages(in: .tickets(worker.pool)) { acts.append(.take(worker)) }
            if land.bus.hasMessages(in: .node(worker.node)) { acts.append(.heed(worker)) }
            if let wakes = worker.wakes, wakes <= now { acts.append(.work(worker)) }
        }
        if !land.fate.isKind { acts += [.tick, .sweep, .pass, .pass] }
        return acts
    }

    private func happen(_ act: Act) async throws {
        note("\(land.clock.now().text) \(words(for: act))")
        switch act {
        case .read, .tick, .sweep: mayHaveSaid.formUnion(["orchestrator", "hub"])
        case .relay(let owner): mayHaveSaid.remove(owner.database.owner)
        default: break
        }
        switch act {
        case .read(let index): await land.turn(land.readers[index])
        case .relay(let owner): await owner.relay.publishAll()
        case .tick: try? await land.runs.tick()  // a timer that cannot read its rows looks again a moment later
        case .sweep: try? await land.leases.sweep()  // likewise
        case .take(let worker): try await worker.take()
        case .heed(let worker):
            let node = worker.node
            try await worker.heed()
            land.bus.giveBack(.node(node))
        case .work(let worker): try await worker.work()
        case .pass: land.clock.pass(until: land.clock.now() + .milliseconds(land.fate.between(1, 15_000)))
        }
    }

    /// What nobody asked for, and what clients ask for when they like.
    private func misfortune() async throws {
        if land.fate.strikes(0.01) {
            let span = Duration.seconds(land.fate.between(-120, 240))
            land.clock.jump(span)
            note("the clock jumps by \(span)")
        }
        if land.fate.strikes(0.015) {
            let worker = land.fate.pick(workers)
            note("\(worker.node) dies")
            worker.die()
        }
        if land.fate.strikes(0.02), wishes.count < 4 { try await wish() }
    }

    private func wish() async throws {
        let run = land.fate.pick(runs)
        let type = land.fate.pick(
            [
                AinerEvent.taskCancelRequested, .runPauseRequested, .runResumeRequested, .runRetryRequested,
                .runRerunRequested, .shotRegenerateRequested,
            ])
        note("somebody wants \(type.rawValue) of \(run)")
        wishes.append(type)
        if type == .shotRegenerateRequested {
            return try await land.say(type, ShotCommand(runID: run, shotIDs: [SimLand.shots[0].shotID]), of: run)
        }
        let stage = type == .runRerunRequested ? land.fate.pick([Stage.ingest, .video, .compose]) : nil
        try await land.say(type, RunCommand(runID: run, fromStage: stage), of: run)
    }

    // MARK: the end

    /// True when every run is over and nobody has anything to do.
    private func comesToRest() async throws -> Bool {
        for _ in 0..<Self.mostCalmSteps {
            let acts = acts()
            if !acts.isEmpty {
                try await happen(land.fate.pick(acts))
                continue
            }
            if try await isOver() { return true }
            try await happen(.tick)
            try await happen(.sweep)
            try await happen(.relay(land.orchestrator))
            try await happen(.relay(land.hub))
            if self.acts().isEmpty { try await waitForNext() }
        }
        return false
    }

    private func isOver() async throws -> Bool {
        guard workers.allSatisfy({ $0.sitting == nil }), land.bus.dueTimes.isEmpty else { return false }
        for run in runs {
            guard let state = try await land.runStore.run(run) else { return false }
            if state.isHeld, state.status == .paused {
                note("\(run) is resumed in the end")
                try await land.say(.runResumeRequested, RunCommand(runID: run), of: run)
                return false
            }
            guard state.status.isFinal else { return false }
        }
        return true
    }

    private func waitForNext() async throws {
        let now = land.clock.now()
        let timers = [try await land.runs.nextDue(), try await land.leases.nextExpiry()].compactMap { $0 }
        // What is due already waits for somebody, and not for the time.
        let next = (timers + land.bus.dueTimes + workers.compactMap(\.wakes)).filter { $0 > now }.min()
        land.clock.pass(until: next ?? now + .seconds(1))
    }

    // MARK: for people

    private func note(_ words: String) { story.append(words) }

    private func words(for act: Act) -> String {
        switch act {
        case .read(let index): "\(land.readers[index].queue) is read"
        case .relay(let owner): "\(owner.database.owner) publishes"
        case .tick: "the orchestrator looks at the clock"
        case .sweep: "the hub looks at the clock"
        case .take(let worker): "\(worker.node) takes a ticket"
        case .heed(let worker): "\(worker.node) hears the hub"
        case .work(let worker): "\(worker.node) is at \(worker.sitting.map { "\($0.claim.jobID) \($0.lot)" } ?? "-")"
        case .pass: "time passes"
        }
    }
}
