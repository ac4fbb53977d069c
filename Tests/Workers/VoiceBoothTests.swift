// WorkerTests · tests · sees Contracts, Ports, Sound, Wire, WorkerAudioEngine
import Contracts
import Foundation
import Ports
import Sound
import Testing
import WorkerAudioEngine

@Suite("The voice booth")
struct VoiceBoothTests {
    private let narrator = VoiceStage.company()[0]

    @Test("records a line at 48 kHz, with its words as they were written")
    func records() async throws {
        try await VoiceStage.inFolder { folder in
            let line = VoiceStage.line("“Dr. Mira — the well-known keeper — isn’t here 😀,” <i>he</i> said.")
            let recording = try await VoiceStage.booth().record(line, as: narrator, in: folder)
            let wave = try VoiceStage.wave(recording.wavFile)
            let expected = Double(recording.timing.samples) * 48_000 / 22_050
            #expect(wave.sampleRate == 48_000 && wave.channels.count == 1)
            #expect(abs(Double(wave.frames) - expected) < 100)
            #expect(wave.channels[0].allSatisfy { $0.isFinite && abs($0) < 1 })
            #expect(
                recording.timing.words.map(\.text) == [
                    "Dr.", "Mira —", "the", "well-known", "keeper —", "isn’t", "here ,", "he", "said.",
                ])
            #expect(recording.lineage["engine"] == "espeak-ng")
        }
    }

    @Test("puts words and sounds in order, inside the take")
    func order() async throws {
        try await VoiceStage.inFolder { folder in
            let line = VoiceStage.line("Light the lamp! The ship is going to hit the rocks!", emotion: "angry")
            let timing = try await VoiceStage.booth().record(line, as: narrator, in: folder).timing
            let starts = timing.words.map(\.startMS)
            #expect(timing.words.count == 11 && starts == starts.sorted())
            #expect(timing.words.allSatisfy { $0.startMS < $0.endMS && $0.endMS <= timing.durationMS })
            #expect(timing.phones.allSatisfy { $0.startMS <= $0.endMS && $0.endMS <= timing.durationMS })
            let mouths = Visemes.track(of: timing).mouths
            #expect(mouths.first?.startMS == 0 && mouths.last?.endMS == timing.durationMS)
        }
    }

    @Test("says numbers, dashes and apostrophes as the words that they are")
    func words() async throws {
        try await VoiceStage.inFolder { folder in
            let line = VoiceStage.line("It cost $3.50 in 2024—didn't it? The end of the road…")
            let timing = try await VoiceStage.booth().record(line, as: narrator, in: folder).timing
            #expect(
                timing.words.map(\.text) == [
                    "It", "cost", "$3.50", "in", "2024—", "didn't", "it?", "The", "end", "of the", "road…",
                ])
        }
    }

    @Test("speaks a line in two scripts with two voices of one person")
    func twoScripts() async throws {
        try await VoiceStage.inFolder { folder in
            let voice = VoiceStage.company(language: "zh")[0]
            let timing = try await VoiceStage.booth().record(
                VoiceStage.line("他叫 Tom，12岁，住在 London。"), as: voice, in: folder
            ).timing
            #expect(timing.words.map(\.text) == ["他", "叫", "Tom，", "12", "岁，", "住", "在", "London。"])
        }
    }

    @Test("makes an empty recording of a line with nothing to say", arguments: ["", "…", "😀 !!", "<br/>", "— —"])
    func nothingToSay(text: String) async throws {
        try await VoiceStage.inFolder { folder in
            let recording = try await VoiceStage.booth().record(VoiceStage.line(text), as: narrator, in: folder)
            #expect(recording.timing.samples == 0 && recording.timing.words.isEmpty)
            #expect(try VoiceStage.wave(recording.wavFile).frames == 0)
            #expect(Visemes.track(of: recording.timing).mouths.isEmpty)
        }
    }

    @Test(
        "tries twice, then names the line and the reason",
        arguments: [
            ("cat > /dev/null; kill -9 $$", "killed"), ("exec sleep 60", "deadline"),
            ("cat > /dev/null; echo '{}'", "unreadable"),
            ("cat > /dev/null; exit 3", "exit"), ("cat > /dev/null; head -c 3000 /dev/zero", "truncated"),
        ])
    func failures(body: String, reason: String) async throws {
        try await VoiceStage.inFolder { folder in
            let programs = VoicePrograms(deadline: .milliseconds(400), script: body)
            let booth = VoiceStage.booth(programs)
            let report = await #expect(throws: FailureReport.self) {
                try await booth.record(VoiceStage.line("Hello there.", ordinal: 12), as: narrator, in: folder)
            }
            #expect(programs.count.value == 2)
            #expect(report?.message.contains("L0012") == true && report?.message.contains(reason) == true)
            #expect(report?.retryable == true && report?.nextStep.isEmpty == false)
        }
    }

    @Test("does not try a missing program twice")
    func missing() async throws {
        let programs = VoicePrograms()
        let report = await #expect(throws: FailureReport.self) {
            try await VoiceStage.booth(programs, voice: "/nowhere/ainer-voice").record(
                VoiceStage.line("Hello."), as: narrator, in: "/tmp")
        }
        #expect(programs.count.value == 1)
        #expect(report?.errorCode == .dependencyDown)
    }

    @Test("gets up after one fall")
    func oneFall() async throws {
        try await VoiceStage.inFolder { folder in
            let body =
                "if [ -e '\(folder)/fell' ]; then exec '\(VoiceStage.voice)'; fi; touch '\(folder)/fell'; kill -9 $$"
            let booth = VoiceStage.booth(VoicePrograms(script: body))
            let recording = try await booth.record(VoiceStage.line("Hello."), as: narrator, in: folder)
            #expect(recording.timing.samples > 5_000)
        }
    }
}
