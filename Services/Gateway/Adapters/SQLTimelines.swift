// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
import Delivery
package import GatewayCore
import GatewayShell
package import Ports
import Wire

/// Changes of timelines in a database.
package struct SQLTimelines: Timelines {
    private let desk: GatewayDesk
    private let mint: Mint

    package init(desk: GatewayDesk, mint: Mint) {
        self.desk = desk
        self.mint = mint
    }

    package func newest(of run: RunID) async throws -> TimelineVersion? {
        try await desk.transaction { tx in try await tx.row(TimelineQueries.newest(run)) }.map {
            try JSON.decode(from: $0)
        }
    }

    package func version(_ number: Int, of run: RunID) async throws -> TimelineVersion? {
        try await desk.transaction { tx in try await tx.row(TimelineQueries.version(run, number)) }
            .map { try JSON.decode(from: $0) }
    }

    package func patch(_ id: PatchID, of run: RunID) async throws -> TimelinePatch? {
        try await desk.transaction { tx in try await tx.row(TimelineQueries.patch(run, id)) }.map {
            try JSON.decode(from: $0)
        }
    }

    package func patches(of run: RunID, before version: Int?, limit: Int) async throws -> [TimelinePatch] {
        try await desk.transaction { tx in try await tx.rows(TimelineQueries.patches(run, version, limit)) }
            .map { try JSON.decode(from: $0) }
    }

    package func kept(under deed: Deed) async throws -> Once<TimelineVersion>? { try await desk.before(deed) }

    package func keep(
        _ version: TimelineVersion, _ patch: TimelinePatch, _ cut: Recut, as deed: Deed, _ trail: Trail
    ) async throws -> Once<TimelineVersion> {
        let said = PatchSaid(
            runID: version.runID, requestedBy: patch.requestedBy, reason: patch.reason, patch: patch,
            baseVersion: "\(patch.baseVersion)", timeline: cut.timeline, shotIDs: cut.shotIDs)
        let letter = try OutgoingLetter(
            EventEnvelope(
                eventID: mint.name(), type: .ainer(.timelinePatchRequested), at: patch.createdAt, from: .gateway,
                trail: trail, payload: try JSON.payload(said), under: deed.key))
        return try await desk.once(deed, at: patch.createdAt) { tx in
            if try await tx.row(TimelineQueries.version(version.runID, version.version)) != nil {
                throw FailureReport(
                    .illegalTransition, "somebody else has changed the timeline meanwhile", owner: .gateway,
                    nextStep: "look at it and say your change again: GET /api/v1/runs/\(version.runID)/timeline")
            }
            try await tx.send([
                Order(
                    TimelineQueries.keep(
                        version.runID, version.version, patch.patchID, try JSON.text(patch), try JSON.text(version)))
            ])
            return (version, [letter])
        }
    }
}

/// Payload of `timeline.patch.requested`.
private struct PatchSaid: Encodable {
    let runID: RunID
    let requestedBy: String
    let reason: String?
    let patch: TimelinePatch
    let baseVersion: String
    let timeline: ArtifactMeta
    let shotIDs: [ShotID]

    enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case requestedBy = "requested_by"
        case reason
        case patch
        case baseVersion = "base_version"
        case timeline
        case shotIDs = "shot_ids"
    }
}

/// What is asked of the timelines.
package enum TimelineQueries {
    package static let cards = [
        StatementCard(newest), StatementCard(version), StatementCard(patch), StatementCard(patches),
        StatementCard(keep),
    ]

    static let newest = statement(
        "timeline.newest", takes: RunID.self, gives: (String).self,
        """
        SELECT timeline
        FROM gateway.timelines
        WHERE run_id = $1
        ORDER BY version DESC
        LIMIT 1
        """)

    static let version = statement(
        "timeline.version", takes: RunID.self, Int.self, gives: (String).self,
        """
        SELECT timeline
        FROM gateway.timelines
        WHERE run_id = $1
          AND version = $2
        """)

    static let patch = statement(
        "timeline.patch", takes: RunID.self, PatchID.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.timelines
        WHERE run_id = $1
          AND patch_id = $2
        """)

    static let patches = statement(
        "timeline.patches", takes: RunID.self, Int?.self, Int.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.timelines
        WHERE run_id = $1
          AND ($2 IS NULL OR version < $2)
        ORDER BY version DESC
        LIMIT $3
        """)

    /// Whoever is slower with the same number fails here.
    static let keep = statement(
        "timeline.keep", takes: RunID.self, Int.self, PatchID.self, String.self, String.self, gives: Void.self,
        """
        INSERT INTO gateway.timelines (run_id, version, patch_id, view, timeline)
        VALUES ($1, $2, $3, $4, $5)
        """)
}
