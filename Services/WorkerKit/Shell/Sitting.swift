// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
import Contracts
import Policies
import Ports
import Telemetry
import WorkerKitCore

/// One attempt from claim to report: the engine works, heartbeats go out, the result is told.
struct Sitting: Sendable {
    let node: WorkerNode
    let engine: any Engine
    let ticket: JobTicket
    let claim: LeaseClaim
    let voice: WorkerVoice
    private let bench: any Bench
    /// Ends when the hub says no.
    private let permission: AsyncStream<Never>
    private let end: AsyncStream<Never>.Continuation

    init(node: WorkerNode, engine: any Engine, ticket: JobTicket, claim: LeaseClaim, voice: WorkerVoice) {
        self.node = node
        self.engine = engine
        self.ticket = ticket
        self.claim = claim
        self.voice = voice
        bench = node.hall.bench(with: ticket.links)
        (permission, end) = AsyncStream<Never>.makeStream()
    }

    /// Stops the work that is under way, or the work that was to begin.
    func stop() { end.finish() }

    private var lease: Duration { .milliseconds(ticket.leaseMS) }

    /// Returns when the hub has the result, or when the work is not ours any more.
    func work() async throws {
        let began = node.clock.now()
        let folder = try await bench.workFolder(for: claim.stagingPrefix)
        defer { cleanUp(folder) }
        let workbench = Workbench(order: ticket.order, folder: folder, bench: bench)
        let limit = Duration.milliseconds(ticket.order.timeoutMS)
        let start = AttemptMachine.begin(at: began, lease: lease, limit: limit)
        guard let result = try await watch(start, workbench, since: began) else { return }
        try await voice.ended(result, ticket.order)
    }

    fileprivate enum Event: Sendable {
        case ended(WorkerResult?)
        case refused
        /// The moment that was waited for; nil for none.
        case ticked(Timestamp?)
        case noted
    }

    private func watch(_ start: Attempt, _ workbench: Workbench, since began: Timestamp) async throws -> WorkerResult? {
        try await withThrowingTaskGroup(of: Event.self) { group in
            group.addTask { .ended(try await perform(workbench, since: began)) }
            group.addTask {
                for await _ in permission {}
                return .refused
            }
            group.addTask { await heard(workbench) }
            var attempt = start
            // When the sleeper wakes that sleeps the shortest: one is enough.
            var armed: Timestamp?
            while let wake = AttemptMachine.wakes(attempt) {
                if armed.map({ wake < $0 }) ?? true {
                    armed = wake
                    group.addTask {
                        try await node.clock.sleep(until: wake)
                        return .ticked(wake)
                    }
                }
                guard let event = try await group.next() else { break }
                if case .ticked(let moment) = event, moment == armed { armed = nil }
                if case .noted = event { group.addTask { await heard(workbench) } }
                let step = AttemptMachine.decide(attempt, event.fact, at: node.clock.now(), lease: lease)
                attempt = step.state
                if step.effects.contains(.beat) { try await voice.alive(claim.telling(of: workbench)) }
                if step.effects.contains(.stopWork) { group.cancelAll() }
                if step.effects.contains(.reportTimeout) { return await timedOut(workbench, since: began) }
                if case .ended(let result) = event, step.effects.contains(.report) {
                    group.cancelAll()
                    return result
                }
            }
            return nil
        }
    }

    /// Returns when something was noted, or when the work is over and nobody listens.
    private func heard(_ workbench: Workbench) async -> Event {
        for await _ in workbench.lines.news { return .noted }
        return .ticked(nil)
    }

    /// `nil` when the work was stopped from outside: then there is nothing to report.
    private func perform(_ workbench: Workbench, since began: Timestamp) async throws -> WorkerResult? {
        do {
            if let mishap = ticket.order.mishap { throw mishap.report }
            let produce = try await engine.perform(ticket.order, at: workbench)
            try Task.checkCancellation()
            var artifacts = try await stage(produce.products)
            let made = artifacts.map(\.meta)
            artifacts += await journal(of: workbench)
            return WorkerResult(
                claim: claim, startedAt: began, finishedAt: node.clock.now(), artifacts: artifacts,
                emits: try produce.emits(made), output: produce.output)
        } catch {
            if Task.isCancelled { return nil }
            let failure = report(of: error)
            node.log.warning(
                "an attempt failed", [.jobID: claim.jobID, .code: failure.errorCode.rawValue, .cause: failure.message])
            workbench.note("\(failure.errorCode.rawValue): \(failure.message)")
            return await failed(failure, workbench, since: began)
        }
    }

    private func failed(_ failure: FailureReport, _ workbench: Workbench, since began: Timestamp) async -> WorkerResult
    {
        var result = WorkerResult(claim: claim, startedAt: began, finishedAt: node.clock.now(), failure: failure)
        result.artifacts = await journal(of: workbench)
        return result
    }

    /// What was noted, as a file; an attempt is not worse for a log that cannot be kept.
    private func journal(of workbench: Workbench) async -> [StagedArtifact] {
        guard let text = workbench.lines.text else { return [] }
        let file = workbench.folder + "/job.log"
        do {
            try LocalFile.write(Array(text.utf8), to: file)
            let log = Product(file: file, type: .jobLog, unit: "attempt-\(claim.attempt)", mimeType: "text/plain")
            // Whatever else is on its way there: the log has a place of its own.
            return try await stage([log], from: JobTicket.logPlace)
        } catch {
            node.log.warning("a job's log is not kept", [.jobID: claim.jobID, .cause: "\(error)"])
            return []
        }
    }

    private func stage(_ products: [Product], from first: Int = 0) async throws -> [StagedArtifact] {
        var staged: [StagedArtifact] = []
        for (index, product) in products.enumerated() {
            let name = JobTicket.stagingName(claim.stagingPrefix, first + index)
            let file = try await bench.stage(product.file, as: name)
            var meta = ArtifactMeta(
                artifactID: node.mint.name(), type: product.type, key: file.key, sizeBytes: file.sizeBytes,
                createdAt: node.clock.now(), runID: ticket.order.runID, unit: product.unit,
                mimeType: product.mimeType, lineage: product.lineage)
            meta.durationMS = product.durationMS
            meta.width = product.size?.width
            meta.height = product.size?.height
            staged.append(StagedArtifact(stagingName: name, meta: meta))
        }
        return staged
    }

    private func report(of error: any Error) -> FailureReport {
        switch error {
        case let failure as FailureReport:
            failure
        case let failure as StoreFailure:
            FailureReport(
                failure.code == .full ? .resourceExhausted : .artifactUpload, failure.description,
                owner: engine.pool.module,
                nextStep: "look at the free space of the data folder")
        default:
            FailureReport(
                .executionFailed, "\(ticket.order.jobType.rawValue) failed: \(error)", owner: engine.pool.module)
        }
    }

    private func timedOut(_ workbench: Workbench, since began: Timestamp) async -> WorkerResult {
        let failure = FailureReport(
            .workTimedOut, "\(ticket.order.jobType.rawValue) was not done after \(ticket.order.timeoutMS) ms",
            owner: engine.pool.module, nextStep: "the host may be overloaded; the job is tried again")
        return await failed(failure, workbench, since: began)
    }

    private func cleanUp(_ folder: String) {
        do {
            try LocalFile.remove(folder: folder)
        } catch {
            node.log.warning("a work folder stays behind", [.file: folder, .cause: "\(error)"])
        }
    }
}

extension Sitting.Event {
    fileprivate var fact: AttemptFact {
        switch self {
        case .ended: .ended
        case .refused: .refused
        case .ticked: .ticked
        case .noted: .noted
        }
    }
}

extension LeaseClaim {
    fileprivate func telling(of workbench: Workbench) -> LeaseClaim {
        var claim = self
        claim.progress = workbench.progress
        claim.line = workbench.lines.newest
        return claim
    }
}
