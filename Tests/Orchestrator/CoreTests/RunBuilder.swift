// OrchestratorTests · tests · sees Contracts, OrchestratorCore, Policies
import Contracts
import OrchestratorCore
import Policies

/// Plays a run by hand: facts in, states and effects out, everything said kept.
struct RunBuilder {
    var state: RunState?
    var effects: [RunEffect] = []
    /// What it was told.
    var facts: [RunFact] = []
    var now = Timestamp(microseconds: 1_000_000)

    static let runID = RunID(trusted: "run_1")
    static let shots = [
        PlannedShot(shotID: ShotID(ordinal: 1), lines: [PlannedLine(lineID: LineID(ordinal: 1), isSeen: false)]),
        PlannedShot(
            shotID: ShotID(ordinal: 2),
            lines: [
                PlannedLine(lineID: LineID(ordinal: 2), isSeen: true),
                PlannedLine(lineID: LineID(ordinal: 3), isSeen: true),
            ]),
        PlannedShot(shotID: ShotID(ordinal: 3), lines: []),
    ]

    static func artifact(_ type: ArtifactType, unit: String? = nil) -> ArtifactMeta {
        let key =
            ObjectKey(hex: String(repeating: "a", count: 64)) ?? { preconditionFailure("64 hex digits are a key") }()
        return ArtifactMeta(
            artifactID: ArtifactID(trusted: "art_\(type.rawValue)_\(unit ?? "film")"), type: type, key: key,
            sizeBytes: 1,
            createdAt: Timestamp(microseconds: 0), unit: unit)
    }

    static var spec: TaskSpec {
        TaskSpec(
            taskID: TaskID(trusted: "task_1"), tenantID: .local, projectID: .local, chapterID: "story",
            requestedQuality: .draft, languageContext: "en", input: artifact(.sourceText), seed: 7)
    }

    static var trail: Trail {
        Trail(
            tenantID: .local, projectID: .local, runID: runID, traceID: TraceID(trusted: "trace"),
            correlationID: CorrelationID(trusted: "task_1"), idempotencyKey: IdempotencyKey(trusted: "key"))
    }

    /// A run that was just submitted.
    init(built: Set<JobType> = PipelineTests.built, wishing wish: (inout TaskSpec) -> Void = { _ in }) {
        var spec = Self.spec
        wish(&spec)
        tell(.submitted(spec, trail: Self.trail, built: built))
    }

    mutating func tell(_ fact: RunFact) {
        let step = RunMachine.decide(state, fact, on: Occasion(at: now, chance: 42))
        state = step.state
        effects += step.effects
        facts.append(fact)
    }

    mutating func ask(_ wish: RunWish, reason: String? = nil) { tell(.asked(wish, Asker("user_1", reason: reason))) }

    mutating func answer(_ decision: GateWish.Decision, at gate: String = "look") {
        tell(.reviewed(ReviewResolved(runID: Self.runID, gate: gate, decision: decision, by: "user_1")))
    }

    mutating func wait(_ seconds: Int) {
        now = now + .seconds(seconds)
        tell(.ticked)
    }

    /// What was refused last, and why.
    var refusal: FailureReport? {
        guard case .refused(let failure)? = effects.last else { return nil }
        return failure
    }

    /// What was said so far of one kind.
    func said<Word>(_ pick: (RunEffect) -> Word?) -> [Word] { effects.compactMap(pick) }

    var jobs: [Job] { state?.jobs ?? [] }
    func job(_ type: JobType, _ unit: String? = nil) -> Job? { jobs.first { $0.jobType == type && $0.unit == unit } }

    /// Orders said so far, in order.
    var orders: [JobOrder] {
        effects.compactMap { effect in
            switch effect {
            case .ordered(let order), .reordered(let order): order
            default: nil
            }
        }
    }

    mutating func succeed(_ job: Job) {
        let output = job.jobType == .planSceneShots ? JobOutput(shots: Self.shots) : JobOutput()
        let type: ArtifactType =
            switch job.jobType {
            case .renderVideo: .shotVideo
            case .renderLipsync: .visemeTrack
            case .synthAudio: .dialogueWav
            case .composeFinal: .finalVideo
            default: .report
            }
        tell(.succeeded(job.jobID, artifacts: [Self.artifact(type, unit: job.unit)], output: output))
    }

    mutating func succeed(_ type: JobType, _ unit: String? = nil) {
        if let job = job(type, unit) { succeed(job) }
    }

    /// Lets everything that may run succeed until nothing is left, picking by the dice.
    mutating func playToTheEnd(_ dice: inout Dice) {
        while let state, !state.status.isFinal {
            let open = state.jobs.filter { $0.status == .enqueued || $0.status == .claimed }
            guard !open.isEmpty else { return }
            succeed(dice.pick(open))
        }
    }
}
