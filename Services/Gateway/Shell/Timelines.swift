// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore
package import Ports

/// Where the changes of timelines are kept.
package protocol Timelines: Sendable {
    /// The newest that somebody made.
    func newest(of run: RunID) async throws -> TimelineVersion?
    func version(_ number: Int, of run: RunID) async throws -> TimelineVersion?
    func patch(_ id: PatchID, of run: RunID) async throws -> TimelinePatch?
    /// Newest first, older than the version, at most so many.
    func patches(of run: RunID, before version: Int?, limit: Int) async throws -> [TimelinePatch]
    /// What was kept under this deed's key before.
    func kept(under deed: Deed) async throws -> Once<TimelineVersion>?
    /// Keeps a version unless another has its number by now, and says so.
    func keep(
        _ version: TimelineVersion, _ patch: TimelinePatch, _ cut: Recut, as deed: Deed, _ trail: Trail
    ) async throws -> Once<TimelineVersion>
}

/// Shows the timelines of runs and lets people change them.
package struct TimelineDesk: Sendable {
    private let runs: RunDesk
    private let timelines: any Timelines
    private let objects: any ObjectStore
    private let papers: any Papers
    private let clock: any WallClock
    private let mint: Mint

    package init(
        runs: RunDesk, timelines: any Timelines, objects: any ObjectStore, papers: any Papers, clock: any WallClock,
        mint: Mint
    ) {
        self.runs = runs
        self.timelines = timelines
        self.objects = objects
        self.papers = papers
        self.clock = clock
        self.mint = mint
    }

    /// The newest: what the run has made, with all patches since. When the run makes another one, the patches of the one
    /// before are history.
    package func timeline(of run: RunID) async throws -> TimelineVersion {
        let artifacts = try await runs.artifacts(of: run).filter { $0.artifactType == .timeline }
        guard let artifact = artifacts.max(by: { $0.createdAt < $1.createdAt }) else {
            throw FailureReport(.notFound, "the run has no timeline yet", owner: .gateway)
        }
        let patched = try await timelines.newest(of: run)
        if let patched, patched.artifact.artifactID == artifact.artifactID { return patched }
        return TimelineVersion(
            of: run, (patched?.version ?? 0) + 1, try await timeline(in: artifact), from: artifact, by: nil)
    }

    package func patches(of run: RunID, before version: Int?, limit: Int) async throws -> [TimelinePatch] {
        try await timelines.patches(of: run, before: version, limit: limit)
    }

    package func patch(
        _ run: RunView, _ wish: PatchWish, for errand: Errand
    ) async throws -> Once<TimelineVersion> {
        if let done = try await timelines.kept(under: errand.deed) { return done }
        try run.obeys(.timelinePatchRequested)
        let base = try await timeline(of: run.runID)
        try wish.holds(against: base)
        return try await keep(try wish.applied(to: base.timeline), on: base, wish, for: errand)
    }

    /// A new version that is equal to the one before the patch.
    package func undo(
        _ id: PatchID, of run: RunView, _ reason: String?, for errand: Errand
    ) async throws -> Once<TimelineVersion> {
        if let done = try await timelines.kept(under: errand.deed) { return done }
        try run.obeys(.timelinePatchRequested)
        guard let patch = try await timelines.patch(id, of: run.runID) else {
            throw FailureReport(.notFound, "the run has no patch \(id)", owner: .gateway)
        }
        let base = try await timeline(of: run.runID)
        guard patch.artifact.artifactID == base.artifact.artifactID else {
            throw FailureReport(
                .illegalTransition, "the run has made another timeline since that patch", owner: .gateway)
        }
        let older: Timeline
        if let before = try await timelines.version(patch.baseVersion, of: run.runID) {
            older = before.timeline
        } else {
            older = try await timeline(in: patch.artifact)
        }
        var wish = PatchWish()
        (wish.undoes, wish.reason) = (id, reason)
        return try await keep(older, on: base, wish, for: errand)
    }

    private func keep(
        _ timeline: Timeline, on base: TimelineVersion, _ wish: PatchWish, for errand: Errand
    ) async throws -> Once<TimelineVersion> {
        let patch = TimelinePatch(mint.name(), on: base, wish, by: errand.caller.subject, at: clock.now())
        var timeline = timeline
        timeline.timelineVersion = "v\(patch.version)"
        let version = TimelineVersion(
            of: base.runID, patch.version, timeline, from: base.artifact, by: patch.patchID)
        let cut = try await recut(timeline, on: base, wish)
        return try await timelines.keep(version, patch, cut, as: errand.deed, errand.trail)
    }

    /// The same artifact to everybody who knows the run, with other bytes. Put twice they are there once.
    private func recut(_ timeline: Timeline, on base: TimelineVersion, _ wish: PatchWish) async throws -> Recut {
        let stored = try await objects.put(try papers.bytes(of: timeline))
        var meta = ArtifactMeta(
            artifactID: base.artifact.artifactID, type: .timeline, key: stored.key, sizeBytes: stored.sizeBytes,
            createdAt: base.artifact.createdAt, runID: base.runID, mimeType: "application/json",
            lineage: base.artifact.lineage)
        meta.lineage["version"] = timeline.timelineVersion
        let otherwise = Set(wish.edits.filter { $0.kind == .prompt }.compactMap(\.shotID))
        let shots = Set(timeline.redrawn(since: base.timeline)).union(otherwise)
        return Recut(meta, redrawing: timeline.shots.map(\.shotID).filter(shots.contains))
    }

    private func timeline(in artifact: ArtifactMeta) async throws -> Timeline {
        guard let key = artifact.key else {
            throw FailureReport(.artifactMissing, "the timeline is not in the store", owner: .gateway)
        }
        return try papers.timeline(try await objects.read(key))
    }
}

/// Who asks for something, under which key, and what all that follows from it carries.
package struct Errand: Sendable {
    package let caller: Caller
    package let deed: Deed
    package let trail: Trail

    package init(for caller: Caller, as deed: Deed, _ trail: Trail) {
        self.caller = caller
        self.deed = deed
        self.trail = trail
    }
}
