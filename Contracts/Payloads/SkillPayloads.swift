// Contracts · pure · sees nothing

/// Payload of `entity.extraction.completed` and `entity.continuity.locked`.
package struct EntitiesFound: Codable, Hashable, Sendable {
    package var people: Int
    package var places: Int

    package init(people: Int, places: Int) {
        self.people = people
        self.places = places
    }
}

/// Payload of `plan.shot.generated`.
package struct PlanMade: Codable, Hashable, Sendable {
    package struct ShotHead: Codable, Hashable, Sendable {
        package var shotID: ShotID
        package var number: Int
        package var sceneID: SceneID

        package enum CodingKeys: String, CodingKey {
            case shotID = "shot_id"
            case number = "shot_no"
            case sceneID = "scene_id"
        }
    }

    package var planID: String
    package var planVersion: String
    package var shots: [ShotHead]
    package var scenes: Int
    package var lines: Int

    package enum CodingKeys: String, CodingKey {
        case planID = "plan_id"
        case planVersion = "plan_version"
        case shots
        case scenes
        case lines
    }

    package init(_ plan: ShotPlan) {
        planID = plan.planID
        planVersion = plan.planVersion
        shots = plan.scenes.flatMap { scene in scene.shots.map { (scene.sceneID, $0.shotID) } }
            .enumerated().map { ShotHead(shotID: $1.1, number: $0 + 1, sceneID: $1.0) }
        scenes = plan.scenes.count
        lines = plan.lines.count
    }
}

/// Payload of `timeline.provisional.generated`.
package struct TimelineMade: Codable, Hashable, Sendable {
    package var durationMS: Int
    package var frames: Int

    package enum CodingKeys: String, CodingKey {
        case durationMS = "duration_ms"
        case frames
    }

    package init(durationMS: Int, frames: Int) {
        self.durationMS = durationMS
        self.frames = frames
    }
}

/// Payload of `shot.dsl.compiled`.
package struct ShotsCompiled: Codable, Hashable, Sendable {
    package var shots: Int
    package var lines: Int

    package init(shots: Int, lines: Int) {
        self.shots = shots
        self.lines = lines
    }
}

/// Payload of `compose.started`, `compose.completed` and `artifact.published`.
package struct CutMade: Codable, Hashable, Sendable {
    package var runID: RunID
    package var jobID: JobID
    package var durationMS: Int?
    package var finalArtifactURI: String?
    package var artifacts: [ArtifactMeta]?

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case jobID = "job_id"
        case durationMS = "duration_ms"
        case finalArtifactURI = "final_artifact_uri"
        case artifacts
    }

    package init(runID: RunID, jobID: JobID, durationMS: Int? = nil, artifacts: [ArtifactMeta]? = nil) {
        self.runID = runID
        self.jobID = jobID
        self.durationMS = durationMS
        self.artifacts = artifacts
        finalArtifactURI = artifacts?.first { $0.artifactType == .finalVideo }?.uri
    }
}

/// Payload of `compose.failed`.
package struct CutFailed: Codable, Hashable, Sendable {
    package var cut: CutMade
    package var failure: FailureReport

    package init(cut: CutMade, failure: FailureReport) {
        self.cut = cut
        self.failure = failure
    }

    package init(from decoder: any Decoder) throws {
        cut = try CutMade(from: decoder)
        failure = try FailureReport(flatIn: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        try cut.encode(to: encoder)
        try failure.encodeFlat(to: encoder)
    }
}
