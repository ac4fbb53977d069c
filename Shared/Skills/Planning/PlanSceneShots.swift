// Planning · pure · sees Contracts, Policies, Ingest, Entities
package import Contracts
import Entities
import Ingest
import Policies

/// Skill 03: turns a story into scenes, shots and lines.
package enum PlanSceneShots {
    package struct Input: Codable, Hashable, Sendable {
        package var story: Story
        package var entities: EntityPack
        /// The looks of skill 21; empty before they are decided.
        package var profiles: [Profile]
        package var seed: UInt64
        /// The style pack: `flat_vector`.
        package var pack: String

        package init(
            story: Story, entities: EntityPack, profiles: [Profile] = [], seed: UInt64, pack: String = "flat_vector"
        ) {
            self.story = story
            self.entities = entities
            self.profiles = profiles
            self.seed = seed
            self.pack = pack
        }
    }

    /// Every sentence becomes a line of exactly one shot, but for bare attributions, which the picture makes plain.
    package static func run(_ input: Input) throws(FailureReport) -> ShotPlan {
        let reading = Reading(
            input.story, people: input.entities.people, places: input.entities.places, knowing: Vocabulary.han)
        var passages = Script(reading).passages
        guard !passages.isEmpty, !input.entities.places.isEmpty else {
            throw FailureReport(
                .planGeneration, "Planning the film: the story has no sentence to show.", owner: .planner,
                retryable: false,
                nextStep: "Send a story of at least one sentence.")
        }
        Tone.read(&passages)
        return Planning(input, passages).plan()
    }
}

/// The plan in the making.
private struct Planning {
    let input: PlanSceneShots.Input
    let passages: [Passage]
    let lineIDs: [LineID]
    let drafting: Drafting

    init(_ input: PlanSceneShots.Input, _ passages: [Passage]) {
        self.input = input
        self.passages = passages
        lineIDs = passages.indices.map { LineID(ordinal: $0 + 1) }
        let robed = input.profiles.count { ["robe", "changshan"].contains($0.garment) }
        let settings = Settings(
            seed: input.seed, culture: robed * 2 > input.profiles.count ? "cn_ancient" : "",
            isChinese: input.story.language == Language.chinese)
        drafting = Drafting(
            passages: passages, lineIDs: lineIDs, people: input.entities.people, places: input.entities.places,
            settings: settings, seed: input.seed, pack: input.pack)
    }

    func plan() -> ShotPlan {
        let stretches = Stretch.all(passages, places: input.entities.places)
        var stage = Stage()
        var known: Set<PlaceID> = []
        var scenes: [Scene] = []
        var ordinal = 0
        for (index, stretch) in stretches.enumerated() {
            let sketches = sketches(
                stretch, stage: &stage, known: &known, isFirst: index == 0, isLast: index == stretches.count - 1)
            let id = SceneID(ordinal: index + 1)
            let shots = sketches.map { sketch in
                ordinal += 1
                return drafting.shot(sketch, ordinal: ordinal, scene: id, title: input.story.title)
            }
            scenes.append(scene(id, stretch, shots))
        }
        return ShotPlan(
            title: input.story.title, language: input.story.language, scenes: scenes,
            lines: zip(lineIDs, passages).map { id, passage in
                Line(
                    lineID: id, kind: passage.isSpeech ? .speech : .narration, speaker: passage.speaker,
                    text: passage.text,
                    emotion: Tone.emotion(of: passage))
            })
    }

    private func sketches(
        _ stretch: Stretch, stage: inout Stage, known: inout Set<PlaceID>, isFirst: Bool, isLast: Bool
    ) -> [Sketch] {
        stage.open(passages[stretch.passages], jumpsInTime: passages[stretch.passages.lowerBound].jumpsInTime)
        var cutting = Cutting(passages: passages)
        var director = Director(knowsPlace: known.contains(stretch.place))
        var empty = Tableau()
        for index in stretch.passages { stage.dress(passages[index], at: place(of: passages[index])) }
        for index in stretch.passages {
            let place = place(of: passages[index])
            let tableau = stage.play(passages[index], at: place)
            if index == stretch.passages.lowerBound { empty.props = tableau.props }
            let isNew = known.insert(place.placeID).inserted
            if isNew, passages[index].isSpeech, !(isFirst && index == 0) {
                cutting.addSilent(
                    Setup(framing: .establishing, people: [], intent: "establish"), Tableau(props: tableau.props),
                    model: index,
                    milliseconds: Framing.establishing.least)
            }
            let isFirstHere = index == stretch.passages.lowerBound
            let moves = !isFirstHere && passages[index].place != passages[index - 1].place
            let opening: Director.Opening = isFirstHere ? .scene : moves ? .place : .none
            let setup = director.setup(passages[index], tableau, opening: opening)
            cutting.add(index, setup, tableau)
        }
        var editing = Editing(cutting.sketches, passages: passages)
        if isFirst { editing.open(with: empty) }
        editing.addReactions()
        if isLast { editing.close() } else { editing.part() }
        editing.avoidJumpCuts()
        return editing.sketches
    }

    private func place(of passage: Passage) -> Place {
        let places = input.entities.places
        return places.first { $0.placeID == passage.place } ?? places[0]
    }

    /// The passage whose weather most of the scene has; of equals the later.
    private func typical(_ stretch: Stretch) -> Passage {
        var counts: [String: Int] = [:]
        for index in stretch.passages { counts[passages[index].sky.weather, default: 0] += 1 }
        let index = stretch.passages.max { one, other in
            (counts[passages[one].sky.weather] ?? 0, one) < (counts[passages[other].sky.weather] ?? 0, other)
        }
        return passages[index ?? stretch.passages.lowerBound]
    }

    private func scene(_ id: SceneID, _ stretch: Stretch, _ shots: [Shot]) -> Scene {
        var cast: [CharacterID] = []
        for actor in shots.flatMap(\.draft.cast) where !cast.contains(actor.entityID) { cast.append(actor.entityID) }
        let place = input.entities.places.first { $0.placeID == stretch.place } ?? input.entities.places[0]
        let model = typical(stretch)
        return Scene(
            sceneID: id, placeID: place.placeID, setting: drafting.settings.setting(place),
            light: model.sky.light(mood: model.mood), cast: cast, shots: shots)
    }
}

/// Han words the planning lexicons know.
enum Vocabulary {
    static let han: [String] =
        (Affects.table.keys.sorted() + Sky.times.keys.sorted() + Sky.weathers.keys.sorted()
        + Properties.table.keys.sorted()).filter { $0.contains(where: Language.isHan) }
}
