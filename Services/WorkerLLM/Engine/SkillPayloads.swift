// WorkerLLMEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Ingest, Entities, Planning, Advice, Sound
import Contracts

extension ShotPlan {
    /// What the job graph grows from: every shot with its lines.
    var units: [PlannedShot] {
        shots.map { shot in
            let lines = shot.lines.compactMap { id in line(id) }
            return PlannedShot(
                shotID: shot.shotID,
                lines: lines.map { PlannedLine(lineID: $0.lineID, isSeen: isSeen($0, in: shot)) })
        }
    }

    private func isSeen(_ line: Line, in shot: Shot) -> Bool {
        line.kind == .speech && shot.draft.cast.contains { $0.entityID == line.speaker }
    }

    /// The narrator first, then whoever says most.
    var speakersByWords: [CharacterID] {
        var letters: [CharacterID: Int] = [:]
        for line in lines { letters[line.speaker, default: 0] += line.text.count }
        let people = letters.filter { $0.key != .narrator }
            .sorted { ($0.value, $1.key) > ($1.value, $0.key) }
            .map(\.key)
        return [.narrator] + people
    }
}

/// What a skill tells, with what every skill's word carries.
struct Told<Body: Encodable>: Encodable {
    let payload: Body
    let runID: RunID
    let chapterID: String
    let artifact: ArtifactMeta?

    private enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case chapterID = "chapter_id"
        case artifact
    }

    func encode(to encoder: any Encoder) throws {
        try payload.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(runID, forKey: .runID)
        try container.encode(chapterID, forKey: .chapterID)
        try container.encodeIfPresent(artifact, forKey: .artifact)
    }
}
