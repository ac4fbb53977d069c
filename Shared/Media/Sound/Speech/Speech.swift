// Sound · pure · sees Contracts, Policies
package import Contracts

/// A line in words becomes a question to the voice program, and its answer a take.
package enum Speech {
    /// The engine's own rate.
    package static let sampleRate = 22_050
    /// Longer than this was not a line.
    package static let longestSeconds = 120
    /// Between stretches of two scripts, spoken one by one in the two voices of one person.
    static let join = sampleRate * 30 / 1000

    /// What to ask the voice program, one request a stretch of one script. Empty when there is nothing to say.
    package static func requests(for line: Line, voice: VoiceCasting) -> [VoiceRequest] {
        let manner = Manner(emotion: line.emotion)
        return Script.parts(of: line.text, in: SpeechLanguage(tag: voice.language)).map { part in
            var speaker = voice
            speaker.language = part.language.rawValue
            return VoiceRequest(
                language: part.language.rawValue, voiceFile: VoiceFile.text(of: speaker),
                rate: bounded(max(125, Double(voice.rate) * manner.rate), 450), pitch: manner.pitch,
                range: bounded(Double(voice.range) * manner.range, 99), volume: manner.volume, text: part.spoken.text,
                sampleLimit: sampleRate * longestSeconds)
        }
    }

    /// How much louder than others a line is meant to be, in dB, once all have been brought to one loudness.
    package static func level(of line: Line) -> Double { Manner(emotion: line.emotion).level }

    /// The answers to `requests(for:voice:)`, in order, as one take. No answers make an empty take.
    package static func reading(
        _ answers: [VoiceAnswer], of line: Line, voice: VoiceCasting
    ) throws(SoundFailure) -> SpokenTake {
        let parts = Script.parts(of: line.text, in: SpeechLanguage(tag: voice.language))
        guard parts.count == answers.count else {
            throw SoundFailure(.inconsistent, "\(answers.count) answers to \(parts.count) requests for \(line.lineID)")
        }
        let written = Array(line.text.unicodeScalars)
        var take = TakeBuilder(lineID: line.lineID)
        for (part, answer) in zip(parts, answers) { take.append(answer, to: part, written: written) }
        return take.finished
    }

    private static func bounded(_ value: Double, _ limit: Double) -> Int {
        value.isFinite ? Int(min(max(value, 0), limit)) : Int(limit)
    }
}

/// What the voice program said to one request, checked.
package struct VoiceAnswer: Sendable {
    package let reply: VoiceReply
    package let samples: [Int16]

    /// Refuses an answer that is not whole: too little or too much sound, or events outside of it.
    package init(_ reply: VoiceReply, pcm: some Collection<UInt8>) throws(SoundFailure) {
        guard reply.status == .ok else {
            throw SoundFailure(.refused, "\(reply.status.rawValue): \(reply.message)")
        }
        guard reply.sampleRate == Speech.sampleRate else {
            throw SoundFailure(.inconsistent, "sound at \(reply.sampleRate) Hz instead of \(Speech.sampleRate)")
        }
        let most = Speech.sampleRate * Speech.longestSeconds
        guard (0...most).contains(reply.samples), pcm.count == reply.samples * 2 else {
            throw SoundFailure(.truncated, "\(pcm.count) bytes of sound where \(reply.samples) samples were announced")
        }
        let within = 0...reply.samples
        guard reply.words.allSatisfy({ within.contains($0.sample) }),
            reply.phones.allSatisfy({ within.contains($0.sample) })
        else {
            throw SoundFailure(.inconsistent, "a word or a sound outside of the \(reply.samples) samples")
        }
        self.reply = reply
        samples = Wave.integers(pcm)
    }
}

/// A spoken line: its sound at `Speech.sampleRate`, and when each word and sound of it happens.
package struct SpokenTake: Hashable, Sendable {
    package let timing: TakeTiming
    package let samples: [Int16]
}
