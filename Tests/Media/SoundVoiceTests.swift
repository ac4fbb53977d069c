// MediaTests · tests · sees Contracts, Sound
import Contracts
import Sound
import Testing

@Suite("The voices of a cast")
struct SoundVoiceTests {
    private let company: [Person] = [
        SoundVoiceTests.person(1, .old, .male, "the gloomy keeper sighed"), person(2, .child, .female, "a merry girl"),
        person(3, .adult, .female), person(4, .adult, .male, "he shouted, fierce and proud"),
        person(5, .old, .female, "kind"), person(6, .young, .male, "shy and trembling"),
        person(7, .adult, .female, "a sly, cunning smile"),
    ]

    @Test("are the narrator's and one a person, the same in every run")
    func everybody() {
        let voices = cast(company)
        #expect(voices.map(\.characterID) == [.narrator] + company.map(\.characterID))
        #expect(cast(company) == voices)
        #expect(cast(company, seed: 8) != voices)
        #expect(cast([]).map(\.characterID) == [.narrator])
        #expect(cast(company + company).count == 8)
    }

    @Test("are far enough apart to be told apart")
    func distance() {
        for seed in UInt64(0)..<40 {
            let voices = cast(company, seed: seed)
            for (index, voice) in voices.enumerated() {
                for other in voices[(index + 1)...] {
                    #expect(voice.distance(to: other) >= 3, "\(seed): \(voice.characterID), \(other.characterID)")
                }
            }
        }
    }

    @Test("stay inside what is understood, whoever they are")
    func limits() {
        let people = Age.allCases.flatMap { age in Gender.allCases.map { (age, $0) } }.enumerated().flatMap {
            number, kind in
            ["fierce angry", "shy", "gloomy", "sly", "merry", ""].enumerated().map {
                Self.person(1 + number * 6 + $0, kind.0, kind.1, $1)
            }
        }
        for voice in cast(people) {
            #expect(voice.pitchLow >= 72 && voice.pitchHigh > voice.pitchLow && voice.pitchHigh < 450)
            #expect((0.91...1.28).contains(voice.tract) && (125...180).contains(voice.rate))
            #expect(
                (0...99).contains(voice.range) && (0...1).contains(voice.breath) && (0...1).contains(voice.roughness))
        }
    }

    @Test("fit the person: a child speaks higher than a woman, a woman than a man")
    func fitting() {
        let voices = cast([
            Self.person(1, .child, .female), Self.person(2, .adult, .female), Self.person(3, .adult, .male),
        ])
        #expect(voices[1].pitchLow > voices[2].pitchLow && voices[2].pitchLow > voices[3].pitchLow)
        #expect(voices[1].tract > voices[2].tract && voices[2].tract > voices[3].tract)
        let temper = cast([Self.person(1, .adult, .male, "gloomy"), Self.person(2, .adult, .male, "cheerful")])
        #expect(temper[1].range < temper[2].range && temper[1].rate < temper[2].rate)
    }

    @Test("are written with the lines of their language")
    func file() {
        for (tag, language, phonemes) in [("en-GB", "en-us", "en-us"), ("zh-Hans", "cmn-latn-pinyin", "cmn")] {
            let voice = cast([], language: tag)[0]
            let file = VoiceFile.text(of: voice).split(separator: "\n").map(String.init)
            #expect(voice.language == language)
            #expect(file.contains("language \(language)") && file.contains("phonemes \(phonemes)"))
            #expect(file.contains("pitch \(voice.pitchLow) \(voice.pitchHigh)") && file.contains("klatt 4"))
            #expect(file.count { $0.hasPrefix("formant ") } == 9)
        }
    }

    @Test("survive numbers from nowhere")
    func nonsense() {
        let voice = VoiceCasting(
            characterID: .narrator, language: "??", pitchLow: .max, pitchHigh: .min, tract: .nan, rate: .max,
            range: .max, breath: .infinity, roughness: -5, flutter: -1, brightness: .nan, isKlatt: true)
        #expect(VoiceFile.text(of: voice).hasSuffix("\n"))
        let line = Line(lineID: LineID(ordinal: 1), kind: .speech, speaker: .narrator, text: "Hi", emotion: "?")
        #expect(Speech.requests(for: line, voice: voice).count == 1)
        #expect(voice.distance(to: voice).isNaN)
    }

    private func cast(_ people: [Person], language: String = "en", seed: UInt64 = 7) -> [VoiceCasting] {
        CastVoices.run(
            CastVoices.Input(
                people: people, language: language, speakingOrder: people.map(\.characterID), seed: seed))
    }

    private static func person(_ ordinal: Int, _ age: Age, _ gender: Gender, _ words: String = "") -> Person {
        Person(
            characterID: CharacterID(ordinal: ordinal), name: "Anna", aliases: [], age: age, gender: gender,
            evidence: words.isEmpty ? [] : [Evidence(segment: 1, text: words)], mentions: 3)
    }
}
