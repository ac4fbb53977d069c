// Contracts · pure · sees nothing

/// On the wire shots stand in one numbered row, each naming its scene.
extension ShotPlan: Codable {
    private enum CodingKeys: String, CodingKey {
        case planID = "plan_id"
        case chapterID = "chapter_id"
        case planVersion = "plan_version"
        case schemaVersion = "schema_version"
        case title
        case language
        case scenes
        case shots
        case lines
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        planID = try container.decode(String.self, forKey: .planID)
        chapterID = try container.decode(String.self, forKey: .chapterID)
        planVersion = try container.decode(String.self, forKey: .planVersion)
        title = try container.decode(String.self, forKey: .title)
        language = try container.decode(String.self, forKey: .language)
        lines = try container.decode([Line].self, forKey: .lines)
        let shots = try container.decode([PlannedPicture].self, forKey: .shots)
        scenes = try container.decode([SceneHead].self, forKey: .scenes).map { head in
            head.scene(shots.filter { $0.sceneID == head.sceneID }.map(\.shot))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("1.0", forKey: .schemaVersion)
        try container.encode(planID, forKey: .planID)
        try container.encode(chapterID, forKey: .chapterID)
        try container.encode(planVersion, forKey: .planVersion)
        try container.encode(title, forKey: .title)
        try container.encode(language, forKey: .language)
        try container.encode(lines, forKey: .lines)
        try container.encode(scenes.map(SceneHead.init), forKey: .scenes)
        let shots = scenes.flatMap { scene in scene.shots.map { (scene.sceneID, $0) } }
        try container.encode(
            shots.enumerated().map { PlannedPicture($1.1, number: $0 + 1, in: $1.0) }, forKey: .shots)
    }
}

private struct SceneHead: Codable {
    let sceneID: SceneID
    let placeID: PlaceID
    let setting: ShotDSL.Setting
    let light: ShotDSL.Light
    let cast: [CharacterID]

    enum CodingKeys: String, CodingKey {
        case sceneID = "scene_id"
        case placeID = "place_id"
        case setting
        case light
        case cast
    }

    init(_ scene: Scene) {
        sceneID = scene.sceneID
        placeID = scene.placeID
        setting = scene.setting
        light = scene.light
        cast = scene.cast
    }

    func scene(_ shots: [Shot]) -> Scene {
        Scene(sceneID: sceneID, placeID: placeID, setting: setting, light: light, cast: cast, shots: shots)
    }
}

private struct PlannedPicture: Codable {
    let shot: Shot
    let number: Int
    let sceneID: SceneID

    enum CodingKeys: String, CodingKey {
        case number = "shot_no"
        case sceneID = "scene_id"
        case durationMS = "duration_ms"
        case camera
        case entities
    }

    init(_ shot: Shot, number: Int, in scene: SceneID) {
        self.shot = shot
        self.number = number
        self.sceneID = scene
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        number = try container.decode(Int.self, forKey: .number)
        sceneID = try container.decode(SceneID.self, forKey: .sceneID)
        shot = try Shot(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        try shot.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(number, forKey: .number)
        try container.encode(sceneID, forKey: .sceneID)
        try container.encode(shot.minimumMS, forKey: .durationMS)
        try container.encode(shot.draft.camera, forKey: .camera)
        try container.encode(shot.draft.cast.map(\.entityID), forKey: .entities)
    }
}
