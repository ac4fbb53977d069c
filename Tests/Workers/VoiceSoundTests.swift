// WorkerTests · tests · sees Contracts, Sound, WorkerAudioEngine
import Contracts
import Foundation
import Sound
import Testing
import WorkerAudioEngine

@Suite("Spoken sound")
struct VoiceSoundTests {
    private static let sentence = "Good evening. Please tell me where the old lighthouse is."

    @Test("tells eight people of a cast apart by pitch, colour or pace")
    func voicesDiffer() async throws {
        let company = VoiceStage.company()
        var ears: [VoiceEar] = []
        for voice in company { ears.append(VoiceEar(try await speak(Self.sentence, voice).samples)) }
        for (index, ear) in ears.enumerated() {
            for other in (index + 1)..<ears.count {
                let (pitch, colour) = (ear.semitones(to: ears[other]), ear.colour(to: ears[other]))
                let pace = max(ear.seconds, ears[other].seconds) / min(ear.seconds, ears[other].seconds)
                #expect(
                    pitch >= 2.5 || colour >= 2.5 || pace >= 1.15,
                    "\(index), \(other): \(pitch) semitones, \(colour) dB, pace \(pace)")
            }
        }
    }

    @Test("of one person stays that person's from line to line")
    func voicesStay() async throws {
        for voice in [VoiceStage.company()[0], VoiceStage.company()[3]] {
            let first = VoiceEar(try await speak(Self.sentence, voice).samples)
            let second = VoiceEar(
                try await speak("Every night he lit the lamp to guide the ships home through the dark.", voice).samples)
            #expect(first.semitones(to: second) < 2)
        }
    }

    @Test("begins when its first word does, in every voice")
    func onset() async throws {
        for (text, language) in [("Please help me.", "en"), ("请你帮帮我。", "zh")] {
            for voice in VoiceStage.company(language: language) {
                let take = try await speak(text, voice)
                let peak = take.samples.map { abs(Int($0)) }.max() ?? 0
                let first = take.samples.firstIndex { abs(Int($0)) * 100 >= peak } ?? 0
                let start = try #require(take.timing.words.first).startMS
                #expect(abs(first * 1000 / 22_050 - start) <= 50)
            }
        }
    }

    @Test("opens the mouth when it is loud and shuts it before lips part")
    func mouths() async throws {
        let text = "Mama and papa saw a big boat far away, and Anna laughed about the happy father."
        for voice in VoiceStage.company().prefix(4) {
            let take = try await speak(text, voice)
            let mouths = Visemes.track(of: take.timing).mouths
            let shut = take.timing.phones.filter { $0.name == "p" || $0.name == "b" || $0.name == "m" }
            #expect(shut.count >= 8)
            for phone in shut {
                let shape = mouths.last { $0.startMS <= phone.startMS + 5 }?.shape
                #expect(shape == .mbp, "\(phone)")
            }
            let open = frames(of: take) { frame in openness(of: mouths, at: frame * 1000 / 24 + 20) }
            let loud = frames(of: take) { frame in energy(of: take.samples, frame: frame) }
            let best = (-3...3).max { likeness(open, loud, $0) < likeness(open, loud, $1) }
            #expect((-1...1).contains(best ?? 9), "best at \(best ?? 9) frames")
        }
    }

    @Test("does not clip, however it is said")
    func clipping() async throws {
        for emotion in ["neutral", "joyful", "sad", "tense", "calm", "angry", "afraid", "whisper"] {
            for voice in VoiceStage.company() {
                let samples = try await speak("Light the lamp! Oh, how I laughed!", voice, emotion: emotion).samples
                let clipped = samples.count { abs(Int($0)) >= 32_700 }
                #expect(clipped < 8, "\(emotion) \(voice.characterID): \(clipped)")
            }
        }
    }

    @Test("stands ten and more over music and place in a whole film")
    func overBeds() async throws {
        try await VoiceStage.inFolder { folder in
            let texts = ["Grandpa, will it rain tonight?", "Yes. A storm is coming, my dear.", "Light the lamp!"]
            var dialogue: [LineID: [Float]] = [:]
            var cues: [LineCue] = []
            var time = 1_000
            for (number, text) in texts.enumerated() {
                let line = VoiceStage.line(text, ordinal: number + 1)
                let recording = try await VoiceStage.booth().record(
                    line, as: VoiceStage.company()[number], in: folder)
                dialogue[line.lineID] = try VoiceStage.wave(recording.wavFile).channels[0]
                let end = time + recording.timing.durationMS
                cues.append(LineCue(lineID: line.lineID, startMS: time, endMS: end))
                time = end + 700
            }
            for mood in ["calm", "tense", "epic", "joyful", "sad", "mysterious"] {
                let scene = SceneCue(
                    startMS: 0, endMS: time + 2_000, mood: mood, words: ["harbour", "storm"], seed: 4)
                let sheet = CueSheet(seconds: Double(time + 2_000) / 1000, seed: 3, lines: cues, scenes: [scene])
                for (cue, over) in zip(cues, distance(sheet, dialogue)) {
                    #expect(over >= 10, "\(mood), \(cue.lineID): \(over) dB")
                }
            }
        }
    }

    private func speak(_ text: String, _ voice: VoiceCasting, emotion: String = "neutral") async throws -> SpokenTake {
        let line = VoiceStage.line(text, emotion: emotion)
        var answers: [VoiceAnswer] = []
        for request in Speech.requests(for: line, voice: voice) {
            answers.append(try await VoiceStage.ask(request).answer)
        }
        return try Speech.reading(answers, of: line, voice: voice)
    }

    /// dB of every line over what plays under it.
    private func distance(_ sheet: CueSheet, _ dialogue: [LineID: [Float]]) -> [Double] {
        let count = Int((sheet.seconds * 48_000).rounded())
        let ducking = Ducking(lines: sheet.lines)
        let speech = DialogueStem.render(sheet, voices: dialogue, frames: count).sound
        var bed = AmbienceStem.render(sheet, ducking: ducking, frames: count)
        bed.add(MusicStem.render(sheet, ducking: ducking, frames: count), at: 0)
        return sheet.lines.map { cue in
            let span = (cue.startMS * 48)..<min(count, cue.endMS * 48)
            func power(_ sound: Stereo) -> Double {
                (sound.left[span] + sound.right[span]).reduce(0) { $0 + Double($1) * Double($1) }
            }
            return 10 * log10(power(speech) / power(bed))
        }
    }

    private func frames(of take: SpokenTake, _ value: (Int) -> Double) -> [Double] {
        (0..<(take.timing.durationMS * 24 / 1000)).map(value)
    }

    private func openness(of mouths: [Mouth], at time: Int) -> Double {
        switch mouths.last(where: { $0.startMS <= time })?.shape {
        case .open: 1
        case .half, .round: 0.6
        case .spread: 0.5
        case .tongue, .teeth, .fv: 0.25
        case .mbp, .rest, nil: 0
        }
    }

    private func energy(of samples: [Int16], frame: Int) -> Double {
        let span = (frame * 22_050 / 24)..<min(samples.count, (frame + 1) * 22_050 / 24)
        return samples[span].reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    /// How well two curves agree when the second is late by some frames.
    private func likeness(_ first: [Double], _ second: [Double], _ late: Int) -> Double {
        let pairs = first.indices.compactMap { index in
            second.indices.contains(index + late) ? (first[index], second[index + late]) : nil
        }
        let (a, b) = (mean(pairs.map(\.0)), mean(pairs.map(\.1)))
        let product = pairs.reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) }
        let (x, y) = pairs.reduce((0.0, 0.0)) { ($0.0 + pow($1.0 - a, 2), $0.1 + pow($1.1 - b, 2)) }
        return product / max(1e-9, (x * y).squareRoot())
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
}
