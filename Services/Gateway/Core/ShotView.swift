// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// A shot of a run: what was planned, and what has been made of it.
package struct ShotView: Codable, Equatable, Sendable {
    package struct Work: Codable, Equatable, Sendable {
        package let jobID: JobID
        package let jobType: JobType
        package let unit: String
        package let status: JobStatus

        package enum CodingKeys: String, CodingKey {
            case jobID = "job_id"
            case jobType = "job_type"
            case unit = "unit_ref_id"
            case status
        }
    }

    package let shotID: ShotID
    package let number: Int
    package let sceneID: SceneID
    package let intent: String
    package let minimumMS: Int
    package let lines: [Line]
    /// Of the job that draws it; nil: nobody has been told to.
    package let status: JobStatus?
    package let jobs: [Work]
    package let artifacts: [ArtifactMeta]

    package enum CodingKeys: String, CodingKey {
        case shotID = "shot_id"
        case number = "shot_number"
        case sceneID = "scene_id"
        case intent
        case minimumMS = "minimum_ms"
        case lines
        case status
        case jobs
        case artifacts
    }

    /// All shots of a plan in their order. Of jobs that were done anew the newest counts.
    package static func all(of plan: ShotPlan, _ jobs: [JobView], _ artifacts: [ArtifactMeta]) -> [ShotView] {
        var newest: [String: JobView] = [:]
        for job in jobs {
            guard let unit = job.unit else { continue }
            let key = "\(job.jobType.rawValue) \(unit)"
            if newest[key].map({ $0.jobID < job.jobID }) ?? true { newest[key] = job }
        }
        let work = Dictionary(grouping: newest.values) { $0.unit ?? "" }
        let things = artifacts.filter { $0.artifactType != .jobLog }
        let made = Dictionary(things.map { ($0.artifactID, $0) }) { first, _ in first }
        let shots = plan.scenes.flatMap { scene in scene.shots.map { (scene.sceneID, $0) } }
        return shots.enumerated().map { place, found in
            let (scene, shot) = found
            let units = [shot.shotID.rawValue] + shot.lines.map(\.rawValue)
            let jobs = units.flatMap { work[$0] ?? [] }.sorted { $0.jobID < $1.jobID }
            return ShotView(
                shotID: shot.shotID, number: place + 1, sceneID: scene, intent: shot.intent, minimumMS: shot.minimumMS,
                lines: shot.lines.compactMap(plan.line),
                status: jobs.first { $0.jobType == .renderVideo }?.status,
                jobs: jobs.map { Work(jobID: $0.jobID, jobType: $0.jobType, unit: $0.unit ?? "", status: $0.status) },
                artifacts: jobs.flatMap(\.artifactIDs).compactMap { made[$0] })
        }
    }
}

/// What would be made anew, and why nothing else would.
package struct Redoing: Codable, Equatable, Sendable {
    package struct Work: Codable, Equatable, Sendable {
        package let jobID: JobID
        package let jobType: JobType
        package let unit: String?

        package enum CodingKeys: String, CodingKey {
            case jobID = "job_id"
            case jobType = "job_type"
            case unit = "unit_ref_id"
        }
    }

    package let runID: RunID
    package let shotIDs: [ShotID]
    package let jobs: [Work]

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case shotIDs = "shot_ids"
        case jobs
    }
}

extension RunGraph {
    /// The jobs that draw these shots and all that rests on them. Throws when a shot is not drawn in this run.
    package func redoing(_ shots: [ShotID]) throws(FailureReport) -> Redoing {
        let drawn = Dictionary(
            nodes.filter { $0.jobType == .renderVideo }.map { ($0.unit ?? "", $0.jobID) }, uniquingKeysWith: { $1 })
        var chosen: Set<JobID> = []
        for shot in shots {
            guard let job = drawn[shot.rawValue] else {
                throw FailureReport(
                    .notFound, "the run has no shot \(shot)", owner: .gateway,
                    nextStep: "list them: GET /api/v1/runs/\(runID)/shots")
            }
            chosen.insert(job)
        }
        // Whoever waits may stand before whom he waits for.
        var grew = !chosen.isEmpty
        while grew {
            let before = chosen.count
            for node in nodes where !chosen.isDisjoint(with: node.after) { chosen.insert(node.jobID) }
            grew = chosen.count > before
        }
        return Redoing(
            runID: runID, shotIDs: shots,
            jobs: nodes.filter { chosen.contains($0.jobID) }.map {
                Redoing.Work(jobID: $0.jobID, jobType: $0.jobType, unit: $0.unit)
            })
    }
}
