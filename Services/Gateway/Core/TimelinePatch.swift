// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// A timeline of a run under its number.
package struct TimelineVersion: Codable, Equatable, Sendable {
    package let runID: RunID
    package let version: Int
    package let timeline: Timeline
    /// What the work of the run has made, and all versions since rest on.
    package let artifact: ArtifactMeta
    /// Nil: nobody has changed it.
    package let patchID: PatchID?

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case version
        case timeline
        case artifact
        case patchID = "patch_id"
    }

    package init(of run: RunID, _ version: Int, _ timeline: Timeline, from artifact: ArtifactMeta, by patch: PatchID?) {
        runID = run
        self.version = version
        self.timeline = timeline
        self.artifact = artifact
        patchID = patch
    }
}

/// A change that made a version.
package struct TimelinePatch: Codable, Equatable, Sendable {
    package let patchID: PatchID
    package let runID: RunID
    package let version: Int
    package let baseVersion: Int
    package let edits: [TimelineEdit]
    /// The patch that was undone.
    package let undoes: PatchID?
    package let requestedBy: String
    package let reason: String?
    package let createdAt: Timestamp
    package let artifact: ArtifactMeta

    package enum CodingKeys: String, CodingKey {
        case patchID = "patch_id"
        case runID = "run_id"
        case version
        case baseVersion = "base_version"
        case edits = "operations"
        case undoes = "rollback_of_patch_id"
        case requestedBy = "requested_by"
        case reason
        case createdAt = "created_at"
        case artifact
    }

    package init(_ id: PatchID, on base: TimelineVersion, _ wish: PatchWish, by subject: String, at now: Timestamp) {
        patchID = id
        runID = base.runID
        version = base.version + 1
        baseVersion = base.version
        edits = wish.edits
        undoes = wish.undoes
        requestedBy = subject
        reason = wish.reason
        createdAt = now
        artifact = base.artifact
    }
}

/// What the orchestrator needs to make a film by another timeline.
package struct Recut: Equatable, Sendable {
    package let timeline: ArtifactMeta
    package let shotIDs: [ShotID]

    package init(_ timeline: ArtifactMeta, redrawing shotIDs: [ShotID]) {
        self.timeline = timeline
        self.shotIDs = shotIDs
    }
}

/// What somebody wants changed.
package struct PatchWish: Hashable, Sendable {
    /// Nil: whatever is the newest.
    package var baseVersion: Int?
    package var edits: [TimelineEdit] = []
    package var undoes: PatchID?
    package var reason: String?

    package init() {}

    /// An edit that cannot be made, and its place among them.
    package struct Fault: Error, Hashable {
        package let place: Int
        package let edit: TimelineEdit.Fault
    }

    /// The timeline after all of it.
    package func applied(to timeline: Timeline) throws(Fault) -> Timeline {
        var next = timeline
        for (place, edit) in edits.enumerated() {
            do { next = try next.edited(by: edit) } catch { throw Fault(place: place, edit: error) }
        }
        return next
    }

    /// Throws what a client is told who looked at an older version.
    package func holds(against base: TimelineVersion) throws(FailureReport) {
        guard let baseVersion, baseVersion != base.version else { return }
        var failure = FailureReport(
            .illegalTransition, "the timeline is version \(base.version) by now", owner: .gateway,
            nextStep: "look at it and say your change again: GET /api/v1/runs/\(base.runID)/timeline")
        failure.details = ["version": .integer(Int64(base.version))]
        throw failure
    }
}
