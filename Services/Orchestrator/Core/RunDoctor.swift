// OrchestratorCore · pure · sees Contracts, Policies
package import Contracts

/// What others know of a run: the hub of its jobs, the dead letters of what was said about it.
package struct RunWitness: Equatable, Sendable {
    /// Where each job that was ordered is; one that the hub has never heard of is not there. Nil: the hub is silent.
    package var jobs: [JobID: JobWhy]?
    /// Those that wait for a decision.
    package var dead: [DeadLetter]

    package init(jobs: [JobID: JobWhy]? = [:], dead: [DeadLetter] = []) {
        self.jobs = jobs
        self.dead = dead
    }
}

/// Says why a run is where it is, from a closed list of causes, and what mends it.
package enum RunDoctor {
    /// What the hub knows more about.
    private static let patients: Set<JobStatus> = [.enqueued, .claimed, .running]

    /// Jobs whose whereabouts the hub knows.
    package static func patients(_ run: RunState) -> [JobID] {
        guard !run.status.isFinal else { return [] }
        return run.jobs.filter { patients.contains($0.status) }.map(\.jobID)
    }

    package static func diagnose(_ run: RunState, _ witness: RunWitness, at now: Timestamp) -> Diagnosis {
        var findings = ending(of: run).map { [$0] } ?? obstacles(of: run, witness, at: now)
        if findings.isEmpty { findings = [RunFinding(.moving, "nothing is missing; it goes on within moments")] }
        return Diagnosis(runID: run.runID, status: run.status, stage: run.stage, findings: findings, asOf: now)
    }

    private static func ending(of run: RunState) -> RunFinding? {
        switch run.status {
        case .succeeded: RunFinding(.succeeded, "the film is made", remedy: "ainer artifacts \(run.runID)")
        case .canceled: RunFinding(.canceled, "somebody stopped it; a stopped run does not go on")
        case .failed:
            RunFinding(
                .failed, run.failure.map { "\($0.errorCode.rawValue): \($0.message)" } ?? "it failed",
                remedy: "ainer retry \(run.runID)")
        case .queued, .running, .paused, .degraded: nil
        }
    }

    private static func obstacles(of run: RunState, _ witness: RunWitness, at now: Timestamp) -> [RunFinding] {
        let found =
            witness.dead.filter { $0.state == .dead }.map(finding) + wishes(in: run, at: now)
            + grouped(run.jobs.compactMap { job in finding(job, witness).map { (job.pool, $0) } })
        return found.enumerated().sorted { left, right in
            (left.element.cause.weight, left.offset) < (right.element.cause.weight, right.offset)
        }.map(\.element)
    }

    private static func finding(_ letter: DeadLetter) -> RunFinding {
        RunFinding(
            .deadLetter, "\(letter.eventType) could not be handled at \(letter.queue): \(letter.reason)",
            since: letter.lastFailedAt, jobID: letter.jobID, remedy: "ainer dlq replay \(letter.eventID)")
    }

    private static func wishes(in run: RunState, at now: Timestamp) -> [RunFinding] {
        var found = run.gates.filter(\.isWaiting).map { gate in
            let end = gate.deadlineAt.map { "; at \($0.text) the default decides" } ?? ""
            return RunFinding(
                .gate, "the gate \(gate.gate) waits for a person\(end)", since: gate.askedAt,
                remedy: "ainer approve \(run.runID) \(gate.gate)")
        }
        if run.isHeld {
            found.append(RunFinding(.paused, "somebody asked for a pause", remedy: "ainer resume \(run.runID)"))
        }
        if run.status == .queued, let start = run.spec.startAfter, start > now {
            found.append(RunFinding(.startsLater, "it is to begin at \(start.text)", since: run.createdAt))
        }
        return found
    }

    private static func finding(_ job: Job, _ witness: RunWitness) -> RunFinding? {
        let name = job.unit.map { "\(job.jobType.rawValue) of \($0)" } ?? job.jobType.rawValue
        if job.status == .retrying {
            let due = job.dueAt.map { " at \($0.text)" } ?? ""
            let times = job.failures == 1 ? "once" : "\(job.failures) times"
            return RunFinding(.backoff, "\(name) failed \(times) and is tried again\(due)", jobID: job.jobID)
        }
        guard patients.contains(job.status) else { return nil }
        guard let jobs = witness.jobs else {
            return RunFinding(
                .hubSilent, "\(name) is out, and the hub does not say where", jobID: job.jobID,
                remedy: "start the worker-hub again")
        }
        guard let why = jobs[job.jobID] else {
            return RunFinding(
                .notDispatched, "\(name) was ordered, and the hub has not heard of it", jobID: job.jobID,
                remedy: "ainer status")
        }
        if why.state == .held, let node = why.nodeID {
            return RunFinding(
                .working, "\(node) works on \(name)", since: why.since, jobID: job.jobID, nodeID: node)
        }
        guard let reason = why.reason, let cause = RunCause(reason.code) else { return nil }
        return RunFinding(
            cause, "\(name): \(reason.message)", since: reason.since ?? why.since, jobID: job.jobID,
            remedy: cause.remedy(for: job.pool))
    }

    /// Of many jobs that one thing keeps, the first is told, and how many there are.
    private static func grouped(_ found: [(pool: Pool, finding: RunFinding)]) -> [RunFinding] {
        var order: [String] = []
        var groups: [String: [RunFinding]] = [:]
        for (pool, finding) in found {
            let node = finding.nodeID?.rawValue ?? ""
            let key = "\(finding.cause.rawValue) \(pool.rawValue) \(node)"
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(finding)
        }
        return order.compactMap { key in
            guard let group = groups[key], let first = group.first else { return nil }
            guard group.count > 1 else { return first }
            return RunFinding(
                first.cause, "\(first.message) (and \(group.count - 1) more jobs)",
                since: group.compactMap(\.since).min(), jobID: first.jobID, nodeID: first.nodeID, remedy: first.remedy)
        }
    }
}

extension RunCause {
    fileprivate var weight: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// Nil for what only takes moments.
    fileprivate init?(_ code: WaitingReason.Code) {
        switch code {
        case .noNode: self = .noWorker
        case .noneReady: self = .workersAway
        case .noneCapable: self = .noSuitableWorker
        case .tenantCap: self = .tenantCap
        case .behindOthers, .allBusy: self = .workersBusy
        case .nextInTurn, .ticketOut: return nil
        }
    }

    fileprivate func remedy(for pool: Pool) -> String? {
        switch self {
        case .noWorker: "start a \(pool.module.rawValue)"
        case .noSuitableWorker: "start a newer \(pool.module.rawValue)"
        case .workersAway: "ainer workers uncordon NODE"
        case .tenantCap, .workersBusy: "ainer queues"
        default: nil
        }
    }
}
