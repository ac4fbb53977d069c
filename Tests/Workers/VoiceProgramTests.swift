// WorkerTests · tests · sees Contracts, Ports, Sound, Wire, WorkerAudioEngine
import Contracts
import Foundation
import Ports
import Sound
import Testing
import Wire

@Suite("The voice program")
struct VoiceProgramTests {
    private let narrator = VoiceStage.company()[0]

    @Test("says the same line with the same bytes in two processes")
    func sameBytes() async throws {
        for (index, voice) in VoiceStage.company().enumerated() {
            let line = VoiceStage.line("The wind was strong, and the waves were very high.", emotion: "sad")
            let request = try #require(Speech.requests(for: line, voice: voice).first)
            let first = try await VoiceStage.ask(request)
            let second = try await VoiceStage.ask(request)
            #expect(first.bytes == second.bytes, "voice \(index)")
            #expect(first.answer.samples.contains { abs(Int($0)) > 2_000 })
        }
    }

    @Test("is healthy: English and Mandarin sound as they should")
    func health() async throws {
        let output = try await VoicePrograms().run(
            Program(VoiceStage.voice, ["--health"], deadline: .seconds(10)), input: [])
        let reply: VoiceReply = try JSON.decode(from: Array(output.output.dropLast()))
        #expect(reply.status == .ok && !reply.engineVersion.isEmpty && reply.dataPath.hasPrefix("/"))
    }

    @Test(
        "answers a request that is none with a clear error and exit 2",
        arguments: ["garbage", "", "{}", "{\"text\":1}", "[1,2"])
    func garbage(input: String) async throws {
        let failure = await #expect(throws: ProgramFailure.self) {
            try await VoicePrograms().run(
                Program(VoiceStage.voice, [], deadline: .seconds(10)), input: Array(input.utf8))
        }
        #expect(failure?.code == .exit)
        #expect(failure?.complaint.contains("bad_request") == true)
    }

    @Test("does not read for ever")
    func endless() async throws {
        let failure = await #expect(throws: ProgramFailure.self) {
            try await VoicePrograms().run(
                Program(VoiceStage.voice, [], deadline: .seconds(10)), input: [UInt8](repeating: 120, count: 400_000))
        }
        #expect(failure?.complaint.contains("longer than") == true)
    }

    @Test("never traps on bytes from nowhere")
    func noise() async throws {
        var dice = SystemRandomNumberGenerator.seeded(41)
        for _ in 0..<20 {
            let bytes = (0..<Int.random(in: 1...400, using: &dice)).map { _ in UInt8.random(in: 0...255, using: &dice) }
            let failure = await #expect(throws: ProgramFailure.self) {
                try await VoicePrograms().run(Program(VoiceStage.voice, [], deadline: .seconds(10)), input: bytes)
            }
            #expect(failure?.code == .exit)
        }
    }

    @Test("names what it lacks: data, a voice, an end")
    func refusals() async throws {
        var request = try #require(Speech.requests(for: VoiceStage.line("Good evening."), voice: narrator).first)
        request.dataPath = "/nowhere"
        #expect(await complaint(request).contains("no_data"))
        request.dataPath = nil
        request.voiceFile = ""
        let empty = await complaint(request)
        request.voiceFile = "language xx-nobody\n"
        #expect(await complaint(request).contains("no_voice") || empty.contains("no_voice"))
        request = try #require(Speech.requests(for: VoiceStage.line("Good evening."), voice: narrator).first)
        request.sampleLimit = 2_000
        #expect(await complaint(request).contains("too_long"))
    }

    @Test("leaves nothing behind in the temporary folder")
    func leavesNothing() async throws {
        try await VoiceStage.inFolder { folder in
            let request = try #require(Speech.requests(for: VoiceStage.line("Good evening."), voice: narrator).first)
            let script = "TMPDIR='\(folder)/CAPITALS' exec '\(VoiceStage.voice)'"
            try FileManager.default.createDirectory(atPath: "\(folder)/CAPITALS", withIntermediateDirectories: true)
            let output = try await VoicePrograms(script: script).run(
                Program(VoiceStage.voice, [], deadline: .seconds(10)), input: JSON.encode(request) + [10])
            #expect(output.output.count > 20_000)
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/CAPITALS") == [])
        }
    }

    @Test("knows every sound it makes, in both languages")
    func inventory() async throws {
        let texts = [
            ("en", Self.english), ("zh", Self.chinese),
        ]
        for (language, text) in texts {
            let voice = VoiceStage.company(language: language)[0]
            var names: Set<String> = []
            for request in Speech.requests(for: VoiceStage.line(text), voice: voice) {
                names.formUnion(try await VoiceStage.ask(request).head.phones.map(\.name))
            }
            #expect(names.count > 35, "\(language): \(names.count) sounds")
            #expect(names.filter { !Visemes.knows($0) }.sorted() == [], "\(language)")
        }
    }

    private func complaint(_ request: VoiceRequest) async -> String {
        do {
            let program = Program(VoiceStage.voice, [], deadline: .seconds(10))
            _ = try await VoicePrograms().run(program, input: JSON.encode(request) + [10])
            return "spoken"
        } catch {
            return "\(error)"
        }
    }

    private static let english = """
        The beige azure bird of joy thought about the church near the pure blue lake; she measured four poor chairs, and the \
        young boy's father laughed. Very few people hear how loud those huge singing whales are. Yes, judge, I would rather \
        have a cure for fire, iron, power, royal oil and a quiet hour. Uh oh, little bottles of butter! Better get it in the \
        city, what? Here, there, everywhere: usually the idea of a bath, a palm, a cloth, a bird, and the letter "H". \
        Zebras vie with oxen for thin things; both breathe. Isn't it a strange, happy creature?
        """
    private static let chinese = """
        从前，海边有一座灯塔，里面住着一位老人。小女孩问：爷爷，今天晚上会下雨吗？他说：会的，暴风雨就要来了！快去找你的船。\
        月亮、学校、雪、远方、群众、军队、旅行、女儿、绿色。吃饭、是、日、四、次、自己、知道。儿子、二、而且。\
        王、黄、光、双、床、窗。熊、穷、用、永远。鸟、要、料、小桥。牛、有、六、就。怪、外、快、帅。对、水、回、位。\
        安静、张、羊、凉、想。门、人、很、身。风、生、冷、朋友。波、坡、摸、佛。得、特、呢、乐。
        """
}

extension SystemRandomNumberGenerator {
    /// Chance that is the same in every run of the tests.
    static func seeded(_ seed: UInt64) -> SeededChance { SeededChance(state: seed) }
}

struct SeededChance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
