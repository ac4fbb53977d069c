// WorkerHubShell · shell · sees Contracts, Policies, Ports, Telemetry, WorkerHubCore
package import Contracts
package import Ports
package import Telemetry
import WorkerHubCore

/// Brings facts to the lease machine and its decisions to the store; promotes what a settled attempt made.
package struct LeaseSteward: Sendable {
    /// How often a lease is looked at, 10 ms apart, for a start that another hub may be taking in.
    private static let looks = 20

    private let store: any LeaseStore
    private let objects: any ObjectStore
    private let clock: any WallClock
    private let log: Log
    private let length: Duration

    package init(
        store: any LeaseStore, objects: any ObjectStore, clock: any WallClock, log: Log,
        lasting length: Duration = LeaseMachine.leaseLength
    ) {
        self.length = length
        self.store = store
        self.objects = objects
        self.clock = clock
        self.log = log
    }

    /// Results are promoted by what the store says of their lease, so the starts that came with them are stored first. What
    /// was said of a node that is gone stays in its place: what its jobs had reported before it counts.
    ///
    /// What overtook its cause is left for later, and thrown as `NotYet` when all the rest is stored.
    package func receive(_ news: [LeaseNews]) async throws {
        var early: [LeaseNews] = []
        for part in news.parted(at: \.isLoss) {
            let (reports, others) = (part.filter(\.isReport), part.filter { !$0.isReport })
            if !others.isEmpty { early += try await follow(others) }
            if !reports.isEmpty { early += try await settle(reports) }
        }
        guard let first = early.first else { return }
        throw NotYet(
            Set(early.compactMap(\.eventID)), because: "the cause of this was not heard yet: \(first.subject.name)")
    }

    /// Stores what is no report, and answers the ends whose order was not heard at all: unheard, they would leave the job to be
    /// worked on for nobody. Orders come first, whatever overtook them; no job is ordered again that was canceled.
    private func follow(_ news: [LeaseNews]) async throws -> [LeaseNews] {
        let ends = news.compactMap(\.end)
        var early: Set<JobID> = []
        if !ends.isEmpty {
            let ordered = try await store.leases(of: ends.map(\.job)).map(\.order) + news.compactMap(\.order)
            let newest = Dictionary(ordered.map { ($0.jobID, $0.attempt) }, uniquingKeysWith: max)
            early = Set(ends.filter { (newest[$0.job] ?? 0) < $0.attempt }.map(\.job))
        }
        let isEarly = { (item: LeaseNews) in item.end.map { early.contains($0.job) } ?? false }
        let ripe = news.filter { !isEarly($0) }
        try await store(ripe.filter { $0.order != nil } + ripe.filter { $0.order == nil })
        return news.filter(isEarly)
    }

    private func store(_ news: [LeaseNews]) async throws {
        guard !news.isEmpty else { return }
        let now = clock.now()
        try await store.apply(news, at: now) { lease, fact in
            LeaseMachine.decide(lease, fact, at: now, lasting: length)
        }
    }

    /// Answers the reports whose start was not heard, though it was looked for: another hub may just be taking it in.
    private func settle(_ reports: [LeaseNews]) async throws -> [LeaseNews] {
        var left = reports
        for look in 1...Self.looks {
            let leases = try await leases(behind: left.compactMap { $0.result?.claim })
            let isEarly = { (item: LeaseNews) in
                item.result.flatMap { result in
                    leases[result.claim.jobID].map { LeaseMachine.isEarly(result.claim, for: $0) }
                } ?? false
            }
            let ripe = left.filter { !isEarly($0) }
            if !ripe.isEmpty { try await settle(ripe, leases) }
            left = left.filter(isEarly)
            if left.isEmpty || look == Self.looks { break }
            try await clock.sleep(until: clock.now() + .milliseconds(10))
        }
        return left
    }

    private func settle(_ reports: [LeaseNews], _ leases: [JobID: Lease]) async throws {
        let checked = try await withThrowingTaskGroup(of: (Int, LeaseNews).self) { group in
            for (place, item) in reports.enumerated() {
                guard let result = item.result else { continue }
                group.addTask { (place, try await promoted(item, result, leases[result.claim.jobID])) }
            }
            return try await group.reduce(into: reports) { $0[$1.0] = $1.1 }
        }
        try await store(checked)
        let leftovers = reports.compactMap(\.result?.claim).filter { !isForeign($0, leases[$0.jobID]) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for claim in leftovers { group.addTask { try await objects.discard(prefix: claim.stagingPrefix) } }
            try await group.waitForAll()
        }
    }

    private func leases(behind claims: [LeaseClaim]) async throws -> [JobID: Lease] {
        let found = try await store.leases(of: claims.map(\.jobID))
        return Dictionary(found.map { ($0.order.jobID, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// True when somebody else holds the job under this token: what is staged under it is not the speaker's.
    private func isForeign(_ claim: LeaseClaim, _ lease: Lease?) -> Bool {
        guard let lease, case .held(claim.leaseToken, _, _) = lease.hold else { return false }
        return !LeaseMachine.speaks(claim, for: lease)
    }

    /// A result whose files are not what it says is a failure: asking the store again would not make it true.
    private func promoted(_ item: LeaseNews, _ result: WorkerResult, _ lease: Lease?) async throws -> LeaseNews {
        do {
            try await promote(result, lease)
            return item
        } catch let failure as StoreFailure where [.corrupt, .missing].contains(failure.code) {
            let claim = result.claim
            // Of a failure only its log is gone.
            guard result.status == .succeeded else {
                log.notice("a job's log is not there", [.jobID: claim.jobID, .nodeID: claim.nodeID, .cause: failure])
                return item.withoutFiles(result)
            }
            log.warning(
                "a worker told of a file that is not there",
                [.jobID: claim.jobID, .nodeID: claim.nodeID, .cause: failure])
            let report = FailureReport(
                .artifactMeta, "an output is not what its worker says: \(failure)", owner: .workerHub, retryable: true,
                nextStep: "look at the disk and the log of \(claim.nodeID); the job is tried again")
            let told = WorkerResult(
                claim: claim, startedAt: result.startedAt, finishedAt: result.finishedAt, failure: report)
            return LeaseNews(eventID: item.eventID, subject: item.subject, fact: .reported(told))
        }
    }

    /// Ends the leases of workers that fell silent, and looks after those who wait.
    package func sweep() async throws {
        let now = clock.now()
        let silent = try await store.silent(at: now)
        if !silent.isEmpty {
            log.warning("leases ran out", [.count: silent.count])
            try await receive(silent.map { LeaseNews(eventID: nil, subject: .job($0), fact: .expired) })
        }
        try await store.look(at: now) { lease, fact in LeaseMachine.decide(lease, fact, at: now, lasting: length) }
    }

    /// When `sweep` has something to do.
    package func nextExpiry() async throws -> Timestamp? { try await store.nextLook() }
    package func holders() async throws -> [NodeID] { try await store.holders() }

    /// Objects first, rows after: promoting twice is harmless, a row without its object is not.
    /// A result nobody waits for any more promotes nothing.
    private func promote(_ result: WorkerResult, _ lease: Lease?) async throws {
        guard let lease, LeaseMachine.speaks(result.claim, for: lease) else { return }
        for artifact in result.status == .succeeded ? result.artifacts : result.logs {
            guard let key = artifact.meta.key else {
                throw StoreFailure(.corrupt, during: "promote", cause: "\"\(artifact.meta.uri)\" names no object")
            }
            guard artifact.stagingName.hasPrefix(result.claim.stagingPrefix + "/") else {
                throw StoreFailure(
                    .corrupt, during: "promote", cause: "\(artifact.stagingName) was staged by another attempt")
            }
            try await objects.promote(artifact.stagingName, as: key)
        }
    }
}

extension LeaseNews {
    fileprivate var result: WorkerResult? {
        guard case .reported(let result)? = fact else { return nil }
        return result
    }

    fileprivate var end: (job: JobID, attempt: Int)? {
        guard case .canceled(let attempt)? = fact, case .job(let job) = subject else { return nil }
        return (job, attempt)
    }

    fileprivate var order: JobOrder? {
        guard case .ordered(let order, _)? = fact else { return nil }
        return order
    }

    fileprivate func withoutFiles(_ result: WorkerResult) -> LeaseNews {
        var bare = result
        bare.artifacts = []
        return LeaseNews(eventID: eventID, subject: subject, fact: .reported(bare))
    }

    fileprivate var isReport: Bool { result != nil }

    fileprivate var isLoss: Bool {
        if case .nodeLost? = fact { true } else { false }
    }
}

extension LeaseNews.Subject {
    fileprivate var name: String {
        switch self {
        case .job(let job): job.rawValue
        case .node(let node): node.rawValue
        }
    }
}

extension [LeaseNews] {
    /// In parts of which each separator is one.
    fileprivate func parted(at isSeparator: (LeaseNews) -> Bool) -> [[LeaseNews]] {
        var parts: [[LeaseNews]] = [[]]
        for item in self {
            if isSeparator(item) {
                parts += [[item], []]
            } else {
                parts[parts.count - 1].append(item)
            }
        }
        return parts.filter { !$0.isEmpty }
    }
}
