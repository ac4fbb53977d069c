// WorkerLLMEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Ingest, Entities, Planning, Sound
import Contracts

struct EntitiesFound: Codable {
    let people: Int
    let places: Int
}

struct PlanMade: Codable {
    let scenes: Int
    let shots: Int
    let lines: Int
}

struct TimelineMade: Codable {
    let durationMS: Int
    let frames: Int

    enum CodingKeys: String, CodingKey {
        case durationMS = "duration_ms"
        case frames
    }
}

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
