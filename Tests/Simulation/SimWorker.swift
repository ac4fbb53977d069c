// SimulationTests · tests · sees Contracts, Policies, Ports, Wire, WorkerKitCore, WorkerKitShell
import Contracts
import Policies
import Ports
import Wire
import WorkerKitCore
import WorkerKitShell

/// One slot of one node, step by step. It lives by `AttemptMachine` and speaks with the voice of every worker; what it
/// makes of its jobs is chance.
final class SimWorker {
    /// What becomes of an attempt.
    enum Lot: CaseIterable {
        case succeeds
        case fails
        case failsForGood
        case hangs
        /// Works on past its lease, hears nobody, and reports in the end.
        case straggles
        case repeatsItself
        case showsOldToken
        case announcesWhatIsNotThere
    }

    struct Sitting {
        let order: JobOrder
        let claim: LeaseClaim
        let voice: WorkerVoice
        let lot: Lot
        let lease: Duration
        let endsAt: Timestamp
        var attempt: Attempt

        var wakes: Timestamp? {
            let end = lot == .hangs ? nil : endsAt
            return [end, AttemptMachine.wakes(attempt)].compactMap { $0 }.min()
        }
    }

    let pool: Pool
    private(set) var node: NodeID
    private(set) var sitting: Sitting?
    private let land: SimLand

    init(_ pool: Pool, in land: SimLand) {
        self.pool = pool
        self.land = land
        node = land.mint.name()
        land.bus.comes(node)
    }

    var wakes: Timestamp? { sitting?.wakes }

    /// It is gone, and somebody else sits down in its place.
    func die() {
        sitting = nil
        land.bus.goes(node)
        node = land.mint.name()
        land.bus.comes(node)
    }

    // MARK: a ticket

    func take() async throws {
        for delivery in try await land.bus.take(from: .tickets(pool), upTo: 1) {
            guard let envelope = try EnvelopeReader.read(delivery.letter.body) else { continue }
            let ticket = try JSON.typed(JobTicket.self, envelope.payload)
            let order = ticket.order
            let claim = LeaseClaim(
                jobID: order.jobID, attempt: order.attempt, leaseToken: ticket.leaseToken, nodeID: node)
            let voice = WorkerVoice(
                bus: land.bus, mint: land.mint, clock: land.clock, pool: pool, trail: envelope.trail)
            do { try await voice.started(claim, order) } catch {
                return try await settle(delivery, .later(.seconds(1)))
            }
            // It dies with the ticket in its hands: the hub has heard of a start, and the ticket comes again.
            if land.fate.strikes(0.03) {
                land.bus.giveBack(delivery)
                return die()
            }
            try await settle(delivery, .done)
            sit(ticket, claim, voice)
        }
    }

    private func settle(_ delivery: Delivery, _ fate: Verdict.Fate) async throws {
        try await land.bus.settle([Verdict(delivery, fate)], by: land.clock) { _ in }
        // A verdict that was lost on its way with its connection.
        land.bus.giveBack(delivery)
    }

    private func sit(_ ticket: JobTicket, _ claim: LeaseClaim, _ voice: WorkerVoice) {
        let now = land.clock.now()
        let lot: Lot =
            land.fate.strikes(0.3) ? land.fate.pick(Lot.allCases) : land.fate.strikes(0.2) ? .fails : .succeeds
        let lease = Duration.milliseconds(ticket.leaseMS)
        let length = lot == .straggles ? lease * 2 : Duration.milliseconds(land.fate.between(10, 40_000))
        let limit = Duration.milliseconds(ticket.order.timeoutMS)
        sitting = Sitting(
            order: ticket.order, claim: claim, voice: voice, lot: lot, lease: lease, endsAt: now + length,
            attempt: AttemptMachine.begin(at: now, lease: lease, limit: limit))
    }

    // MARK: at work

    /// What the hub wants of this node.
    func heed() async throws {
        for delivery in try await land.bus.take(from: .node(node), upTo: 8) {
            try await settle(delivery, .done)
            guard let envelope = try EnvelopeReader.read(delivery.letter.body),
                [.ainer(.leaseRefused), .ainer(.leaseCanceled)].contains(envelope.eventType), let sitting,
                sitting.lot != .straggles
            else { continue }
            let claim = try JSON.typed(LeaseClaim.self, envelope.payload)
            if claim.jobID == sitting.claim.jobID, claim.leaseToken == sitting.claim.leaseToken {
                try await hear(.refused, sitting)
            }
        }
    }

    /// The clock was looked at.
    func work() async throws {
        guard let sitting, let wakes = sitting.wakes, wakes <= land.clock.now() else { return }
        if sitting.lot != .hangs, sitting.endsAt <= land.clock.now() { return try await end(sitting) }
        // Who straggles says nothing.
        try await hear(.ticked, sitting)
    }

    private func hear(_ fact: AttemptFact, _ sitting: Sitting) async throws {
        let step = AttemptMachine.decide(sitting.attempt, fact, at: land.clock.now(), lease: sitting.lease)
        self.sitting?.attempt = step.state
        if step.effects.contains(.beat), sitting.lot != .straggles { await tell { try await $0.alive(sitting.claim) } }
        if step.effects.contains(.reportTimeout) { await tell(failed(sitting, .workTimedOut, retryable: true)) }
        if step.state == .over { self.sitting = nil }

        func tell(_ result: WorkerResult) async { await tell { try await $0.ended(result, sitting.order) } }
        func tell(_ say: (WorkerVoice) async throws -> Void) async { await Self.tell(sitting.voice, say) }
    }

    private func end(_ sitting: Sitting) async throws {
        var result: WorkerResult
        switch sitting.lot {
        case .fails: result = failed(sitting, .executionFailed, retryable: true)
        case .failsForGood: result = failed(sitting, .planGeneration, retryable: false)
        default: result = made(sitting)
        }
        if sitting.lot == .showsOldToken { result.claim.leaseToken -= 1 }
        for _ in 0..<(sitting.lot == .repeatsItself ? 2 : 1) {
            await Self.tell(sitting.voice) { try await $0.ended(result, sitting.order) }
        }
        self.sitting = nil
    }

    private static func tell(_ voice: WorkerVoice, _ say: (WorkerVoice) async throws -> Void) async {
        try? await say(voice)  // what the broker does not take is lost with the attempt
    }

    private func failed(_ sitting: Sitting, _ code: ErrorCode, retryable: Bool) -> WorkerResult {
        let now = land.clock.now()
        let report = FailureReport(code, "it is simulated", owner: pool.module, retryable: retryable)
        return WorkerResult(claim: sitting.claim, startedAt: now, finishedAt: now, failure: report)
    }

    /// Every attempt makes other bytes, so it can be told whose were kept.
    private func made(_ sitting: Sitting) -> WorkerResult {
        let now = land.clock.now()
        let name = JobTicket.stagingName(sitting.claim.stagingPrefix, 0)
        let file = land.store.stage(Array("made by \(sitting.claim.stagingPrefix)".utf8), as: name)
        if sitting.lot == .announcesWhatIsNotThere { land.store.lose(name) }
        var meta = ArtifactMeta(
            artifactID: land.mint.name(), type: .report, key: file.key, sizeBytes: file.sizeBytes, createdAt: now)
        meta.unit = sitting.order.unit
        var output = JobOutput()
        if sitting.order.jobType == .planSceneShots { output.shots = SimLand.shots }
        return WorkerResult(
            claim: sitting.claim, startedAt: now, finishedAt: now,
            artifacts: [StagedArtifact(stagingName: name, meta: meta)], emits: [], output: output)
    }
}
