// MediaTests · tests · sees Contracts, Sound
import Contracts
import Sound
import Testing

@Suite("A line on its way to the voice")
struct SoundSpeechTests {
    private let voice = CastVoices.run(
        CastVoices.Input(people: [], language: "en", speakingOrder: [], seed: 1))[0]

    @Test(
        "loses what nobody would say",
        arguments: [
            ("He <b>ran</b> 😀 home!", "He ran home!"), ("“Wait,” she said.", "Wait, she said."), ("a & b", "a and b"),
            ("# Title *bold* _x_ [note]", "Title bold x note "), ("It’s 3 < 4", "It's 3 4"),
            ("Line\n\n\nbreak\t.", "Line break ."), ("off\u{0}\u{7}\u{FFFD}on", "off on"),
            ("long—dash…end", "long— dash… end"),
        ])
    func cleaning(written: String, spoken: String) {
        let said = requests(written).map(\.text).joined(separator: "|")
        #expect(said.trimmingSpace == spoken.trimmingSpace)
    }

    @Test("with nothing to say asks nothing", arguments: ["", "   ", "…", "?!", "<br>", "😀😀", "— “ ”", "\u{200B}"])
    func nothing(written: String) throws {
        #expect(requests(written).isEmpty)
        let take = try Speech.reading([], of: line(written), voice: voice)
        #expect(take.samples.isEmpty && take.timing.durationMS == 0)
    }

    @Test("says an emotion by rate and melody, and loudness in the mix")
    func emotions() {
        func request(_ emotion: String) throws -> VoiceRequest {
            try #require(Speech.requests(for: line("Go.", emotion: emotion), voice: voice).first)
        }
        #expect(throws: Never.self) {
            let (flat, sad, glad) = (try request("neutral"), try request("sad"), try request("joyful"))
            #expect(sad.rate < flat.rate && flat.rate < glad.rate)
            #expect(sad.range < flat.range && flat.range < glad.range && sad.pitch < glad.pitch)
            #expect(try request("unheard of") == flat)
        }
        #expect(Speech.level(of: line("Go.", emotion: "whisper")) == -4)
        #expect(Speech.level(of: line("Go.", emotion: "angry")) == 2)
    }

    @Test("is cut where the script changes")
    func scripts() {
        #expect(requests("他说 hello 世界。").map(\.language) == ["cmn-latn-pinyin", "en-us", "cmn-latn-pinyin"])
        #expect(requests("2024").map(\.language) == ["en-us"])
    }

    @Test("refuses an answer that contradicts itself")
    func answers() throws {
        let good = VoiceReply(
            status: .ok, sampleRate: 22_050, samples: 4, words: [.init(position: 0, length: 2, sample: 0)],
            phones: [.init(name: "h", sample: 1)])
        #expect(try VoiceAnswer(good, pcm: [1, 0, 255, 255, 0, 128, 0, 0]).samples == [1, -1, -32_768, 0])
        func refused(_ change: (inout VoiceReply) -> Void) -> SoundFailure.Code? {
            var reply = good
            change(&reply)
            do throws(SoundFailure) {
                _ = try VoiceAnswer(reply, pcm: [UInt8](repeating: 0, count: 8))
                return nil
            } catch {
                return error.code
            }
        }
        #expect(refused { $0.samples = 5 } == .truncated && refused { $0.samples = -1 } == .truncated)
        #expect(refused { $0.samples = .max } == .truncated && refused { $0.sampleRate = 0 } == .inconsistent)
        #expect(refused { $0.phones[0].sample = 9 } == .inconsistent && refused { $0.status = .noVoice } == .refused)
        #expect(refused { $0.words[0].sample = -9 } == .inconsistent)
        #expect(throws: SoundFailure.self) { try Speech.reading([], of: line("Hello"), voice: voice) }
    }

    @Test("never traps, whatever events come back")
    func events() throws {
        var state: UInt64 = 5
        func chance(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(below))
        }
        for _ in 0..<300 {
            let words = (0..<chance(8)).map { _ in
                VoiceReply.Word(position: chance(80) - 20, length: chance(40) - 5, sample: chance(2_001))
            }
            let phones = (0..<chance(20)).map { _ in
                VoiceReply.Sound(name: ["_", "p", "aI", "b", "", "zz9"][chance(6)], sample: chance(2_001))
            }
            let reply = VoiceReply(status: .ok, sampleRate: 22_050, samples: 2_000, words: words, phones: phones)
            let answer = try VoiceAnswer(reply, pcm: [UInt8](repeating: 0, count: 4_000))
            let timing = try Speech.reading([answer], of: line("Peter’s 2 big “boats”…"), voice: voice).timing
            #expect(timing.words.allSatisfy { $0.startMS <= $0.endMS && $0.endMS <= timing.durationMS })
            #expect(timing.phones.allSatisfy { $0.startMS <= $0.endMS && $0.endMS <= timing.durationMS })
            checkTrack(of: timing)
        }
    }

    private func checkTrack(of timing: TakeTiming) {
        let mouths = Visemes.track(of: timing).mouths
        #expect(mouths.first?.startMS ?? 0 == 0 && mouths.last?.endMS ?? 0 == timing.durationMS)
        for (mouth, next) in zip(mouths, mouths.dropFirst()) {
            #expect(mouth.endMS == next.startMS && mouth.startMS < mouth.endMS && mouth.shape != next.shape)
        }
    }

    private func line(_ text: String, emotion: String = "neutral") -> Line {
        Line(lineID: LineID(ordinal: 3), kind: .speech, speaker: .narrator, text: text, emotion: emotion)
    }

    private func requests(_ text: String) -> [VoiceRequest] { Speech.requests(for: line(text), voice: voice) }
}

extension String {
    fileprivate var trimmingSpace: String { split(separator: " ").joined(separator: " ") }
}
