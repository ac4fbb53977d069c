// WorkerTests · tests · sees Contracts, Ports, Sound, Wire, WorkerAudioEngine
import Contracts
import Foundation
import Ports
import Sound
import Wire
import WorkerAudioEngine

/// What the voice tests share: the built program, a company of people, a folder.
enum VoiceStage {
    /// Products lie beside the test bundle.
    static let voice: String = {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return bundle.appendingPathComponent("ainer-voice").path
    }()
    static let ffmpeg = "/usr/bin/ffmpeg"

    static func booth(_ programs: VoicePrograms = VoicePrograms(), voice: String = voice) -> VoiceBooth {
        VoiceBooth(programs: programs, voice: voice, ffmpeg: ffmpeg)
    }

    static func line(_ text: String, emotion: String = "neutral", ordinal: Int = 1) -> Line {
        Line(lineID: LineID(ordinal: ordinal), kind: .speech, speaker: .narrator, text: text, emotion: emotion)
    }

    static func person(_ ordinal: Int, _ age: Age, _ gender: Gender, _ word: String = "") -> Person {
        Person(
            characterID: CharacterID(ordinal: ordinal), name: "Person \(ordinal)", aliases: [], age: age,
            gender: gender, evidence: word.isEmpty ? [] : [Evidence(segment: 1, text: word)], mentions: 1)
    }

    /// Eight voices with the narrator's, of all ages.
    static func company(language: String = "en", seed: UInt64 = 7) -> [VoiceCasting] {
        let people = [
            person(1, .old, .male, "a gloomy man"), person(2, .child, .female, "a cheerful girl"),
            person(3, .adult, .female, "calm"), person(4, .adult, .male, "fierce"), person(5, .old, .female, "kind"),
            person(6, .young, .male, "timid"), person(7, .adult, .female, "sly"),
        ]
        return CastVoices.run(
            CastVoices.Input(
                people: people, language: language, speakingOrder: people.map(\.characterID), seed: seed))
    }

    /// Asks the program itself, one fresh process, and checks its answer.
    static func ask(_ request: VoiceRequest) async throws -> (head: VoiceReply, bytes: [UInt8], answer: VoiceAnswer) {
        let program = Program(voice, [], deadline: .seconds(20))
        let output = try await VoicePrograms().run(program, input: JSON.encode(request) + [10]).output
        let end = output.firstIndex(of: 10) ?? output.endIndex
        let head: VoiceReply = try JSON.decode(from: Array(output[..<end]))
        return (head, output, try VoiceAnswer(head, pcm: output[min(end + 1, output.endIndex)...]))
    }

    /// Runs `use` with a folder of its own, gone afterwards.
    static func inFolder<Result>(_ use: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ainer-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a folder left in /tmp fails no test
        return try await use(folder.path)
    }

    static func wave(_ path: String) throws -> Wave {
        try Wave.decode([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
    }
}
