// MediaTests · tests · sees Contracts, Sound
import Contracts
import Sound
import Testing

@Suite("The cue sheet of a planned film")
struct SoundCueTests {
    @Test("puts lines, scenes and what is told on the film's clock")
    func planned() {
        let sheet = CueSheet(plan: plan(), timeline: timeline(), seed: 9)
        #expect(sheet.seconds == 20)
        #expect(sheet.lines.map(\.startMS) == [1_000, 11_000, 15_000] && sheet.lines.map(\.pan) == [0, -0.2, 0])
        #expect(sheet.lines.map(\.level) == [0, -4, 0])
        #expect(sheet.scenes.map(\.startMS) == [0, 10_000] && sheet.scenes.map(\.endMS) == [10_000, 20_000])
        #expect(sheet.scenes[0].words.contains("shore") && sheet.scenes[0].words.contains("storm"))
        #expect(sheet.scenes[1].mood == "tender" && sheet.scenes[1].seed == 2)
        let told = sheet.effects.filter { $0.word != "thunder" }
        #expect(told.map(\.word) == ["door"] && (15_500...17_000).contains(told[0].atMS))
        #expect(sheet.effects.contains { $0.word == "thunder" && $0.atMS < 10_000 })
    }

    @Test("of a film without anything is silence, and no trap")
    func nothing() {
        let sheet = CueSheet(
            plan: ShotPlan(title: "", language: "en", scenes: [], lines: []),
            timeline: Timeline(framesPerSecond: 0, shots: [], lines: []), seed: 0)
        #expect(Mixer.mix(sheet, dialogue: [:]).left.isEmpty)
    }

    private func plan() -> ShotPlan {
        let narrator = CharacterID.narrator
        let mira = CharacterID(ordinal: 1)
        return ShotPlan(
            title: "T", language: "en",
            scenes: [scene(1, "shore", "storm", "tense", mira), scene(2, "room", "clear", "tender", mira)],
            lines: [
                Line(
                    lineID: LineID(ordinal: 1), kind: .narration, speaker: narrator,
                    text: "It was not a door that opened.", emotion: "calm"),
                Line(
                    lineID: LineID(ordinal: 2), kind: .speech, speaker: mira, text: "Who is there?", emotion: "whisper"),
                Line(
                    lineID: LineID(ordinal: 3), kind: .narration, speaker: narrator, text: "Slowly the door opened.",
                    emotion: "tense"),
            ])
    }

    private func scene(_ ordinal: Int, _ kind: String, _ weather: String, _ mood: String, _ who: CharacterID) -> Scene {
        let setting = ShotDSL.Setting(kind: kind, placeSeed: UInt64(ordinal))
        let draft = ShotDSL(
            shotID: ShotID(ordinal: ordinal), seed: 1, timing: ShotDSL.Timing(durationMS: 1_000), setting: setting,
            camera: ShotDSL.Camera(framing: "wide"), cast: [ShotDSL.Actor(entityID: who, x: 0.25)])
        let shot = Shot(
            shotID: ShotID(ordinal: ordinal), intent: "show", segments: [], lines: [], minimumMS: 0, draft: draft)
        return Scene(
            sceneID: SceneID(ordinal: ordinal), placeID: PlaceID(ordinal: ordinal), setting: setting,
            light: ShotDSL.Light(weather: weather, mood: mood), cast: [who], shots: [shot])
    }

    private func timeline() -> Timeline {
        func line(_ ordinal: Int, _ shot: Int, _ start: Int, _ end: Int) -> LineSpan {
            LineSpan(lineID: LineID(ordinal: ordinal), shotID: ShotID(ordinal: shot), startMS: start, endMS: end)
        }
        return Timeline(
            framesPerSecond: 24,
            shots: [
                ShotSpan(shotID: ShotID(ordinal: 1), firstFrame: 0, frames: 240),
                ShotSpan(shotID: ShotID(ordinal: 2), firstFrame: 240, frames: 240),
            ],
            lines: [line(1, 1, 1_000, 3_000), line(2, 2, 11_000, 13_000), line(3, 2, 15_000, 17_000)])
    }
}
