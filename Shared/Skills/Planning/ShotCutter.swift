// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest
import Policies

/// Cuts a scene into shots and gives every sentence a line.
struct ShotCutter {
    /// More words than this fill a shot alone.
    private static let fullShot = 16

    let input: PlanSceneShots.Input
    private(set) var lines: [Line] = []
    private var shots = 0
    /// What the last shot showed, so that no cut jumps.
    private var lastFraming = ""
    private var lastFocus: [CharacterID] = []

    init(input: PlanSceneShots.Input) { self.input = input }

    mutating func scene(_ draft: SceneDraft, ordinal: Int) -> Scene {
        let setting = setting(of: draft)
        var stage = Stage(people: input.entities.people)
        var cut: [Shot] = []
        for (index, group) in groups(draft.moments).enumerated() {
            stage.enter(group)
            cut.append(shot(group, of: draft, SceneID(ordinal: ordinal), setting, stage, isFirst: index == 0))
            stage.settle(after: group)
        }
        return Scene(
            sceneID: SceneID(ordinal: ordinal), placeID: draft.place?.placeID ?? PlaceID(ordinal: 0), setting: setting,
            light: draft.light, cast: stage.everybody, shots: cut)
    }

    private func setting(of draft: SceneDraft) -> ShotDSL.Setting {
        guard let place = draft.place else { return ShotDSL.Setting(kind: "field") }
        var setting = ShotDSL.Setting(kind: place.kind, label: place.label, features: place.features)
        setting.placeID = place.placeID
        setting.placeSeed = Seed.part(input.seed, place.placeID.rawValue) >> 11
        return setting
    }

    /// One to three sentences a shot: a speech opens a new one, a long sentence stands alone.
    private func groups(_ moments: [Reading.Moment]) -> [[Reading.Moment]] {
        var groups: [[Reading.Moment]] = []
        for moment in moments {
            guard let last = groups.last, fits(moment, after: last) else {
                groups.append([moment])
                continue
            }
            groups[groups.count - 1].append(moment)
        }
        return groups
    }

    private func fits(_ moment: Reading.Moment, after group: [Reading.Moment]) -> Bool {
        let words = group.reduce(moment.tokens.count) { $0 + $1.tokens.count }
        guard group.count < 3, words <= Self.fullShot, let last = group.last else { return false }
        if moment.isSpeech || last.isSpeech {
            return moment.isSpeech && last.isSpeech && moment.speaker == last.speaker
        }
        let here = Set(moment.mentions.filter { $0.part == .subject }.map(\.who))
        let there = Set(group.flatMap(\.mentions).filter { $0.part == .subject }.map(\.who))
        return here.isEmpty || there.isEmpty || !here.isDisjoint(with: there)
    }

    private mutating func shot(
        _ group: [Reading.Moment], of scene: SceneDraft, _ sceneID: SceneID, _ setting: ShotDSL.Setting, _ stage: Stage,
        isFirst: Bool
    ) -> Shot {
        shots += 1
        let shotID = ShotID(ordinal: shots)
        let spoken = group.enumerated().map { line(for: $1, ordinal: lines.count + 1 + $0) }
        lines += spoken
        let focus = stage.focus(of: group)
        let camera = camera(
            for: group, focus: focus, isFirst: isFirst, isNewPlace: scene.isNewPlace, cast: stage.present.count)
        let cast = stage.cast(for: group, focus: focus, framing: camera.framing)
        var draft = ShotDSL(
            shotID: shotID, sceneID: sceneID, seed: Seed.part(input.seed, shotID.rawValue) >> 11,
            shotIntent: intent(of: group, isFirst: isFirst), timing: ShotDSL.Timing(durationMS: 3000), setting: setting,
            light: scene.light, camera: camera, cast: cast, props: PropWords.props(in: group, setting: setting),
            pack: input.pack)
        draft.axis = stage.axis
        if shots == 1 { draft.text.title = input.story.title }
        lastFraming = camera.framing
        lastFocus = focus
        return Shot(
            shotID: shotID, intent: draft.shotIntent, segments: group.map(\.segment.ordinal),
            lines: spoken.map(\.lineID),
            minimumMS: shots == 1 ? 3500 : 2000, draft: draft)
    }

    private func line(for moment: Reading.Moment, ordinal: Int) -> Line {
        let isSpeech = moment.isSpeech && moment.speaker != nil
        return Line(
            lineID: LineID(ordinal: ordinal), kind: isSpeech ? .speech : .narration,
            speaker: moment.speaker ?? .narrator,
            text: moment.segment.text, emotion: FeelingWords.emotion(of: moment))
    }

    private func intent(of group: [Reading.Moment], isFirst: Bool) -> String {
        if isFirst { return "establish" }
        if group.contains(where: \.isSpeech) { return "dialogue" }
        return group.contains { !$0.deeds.isEmpty } ? "action" : "show"
    }

    private func camera(
        for group: [Reading.Moment], focus: [CharacterID], isFirst: Bool, isNewPlace: Bool, cast: Int
    ) -> ShotDSL.Camera {
        let isSpeech = group.contains(where: \.isSpeech)
        var framing = "wide"
        if focus.isEmpty {
            framing = "establishing"
        } else if isSpeech {
            framing = lastFocus == focus && lastFraming == "medium" ? "close_up" : "medium"
        } else if !isFirst, focus.count == 1 {
            framing = lastFraming == "wide" ? "medium" : "wide"
        } else if !isFirst {
            framing = "medium"
        }
        if framing == lastFraming, focus == lastFocus { framing = framing == "medium" ? "close_up" : "medium" }
        let walks = group.contains { $0.deeds.contains { $0.isShown && $0.verb.kind == .travel } }
        let movement =
            framing == "establishing"
            ? "push_in" : walks && framing == "wide" ? "tracking" : framing == "medium" ? "push_in" : "static"
        return ShotDSL.Camera(framing: framing, movement: movement, strength: 0.45, focus: focus.map(\.rawValue))
    }
}
