// WorkerAudioEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Sound, ProcessDriver
package import Contracts
import Foundation
package import Ports
import Sound
import Wire

/// Where lines are spoken: one fresh voice program a line, because only a fresh engine says the same bytes twice.
package struct VoiceBooth: Sendable {
    private let programs: any Programs
    private let voice: String
    private let ffmpeg: String

    /// `voice` and `ffmpeg` are paths of the programs.
    package init(programs: any Programs, voice: String, ffmpeg: String) {
        self.programs = programs
        self.voice = voice
        self.ffmpeg = ffmpeg
    }

    /// Speaks the line and leaves `<line>.wav` in the folder. A line with nothing to say is a recording without samples.
    /// Tries twice, then throws a report that names the line.
    package func record(
        _ line: Line, as casting: VoiceCasting, in folder: String
    ) async throws(FailureReport) -> Recording {
        var answers: [VoiceAnswer] = []
        for request in Speech.requests(for: line, voice: casting) {
            answers.append(try await answer(to: request, for: line))
        }
        let take: SpokenTake
        do {
            take = try Speech.reading(answers, of: line, voice: casting)
        } catch {
            throw report(error, of: line)
        }
        let file = "\(folder)/\(line.lineID).wav"
        try await develop(take, to: file, for: line)
        return Recording(wavFile: file, timing: take.timing, lineage: lineage(of: answers, casting: casting))
    }

    private func answer(to request: VoiceRequest, for line: Line) async throws(FailureReport) -> VoiceAnswer {
        do throws(BoothFailure) {
            return try await ask(request)
        } catch {
            guard error.isWorthAnotherTry else { throw error.report(of: line) }
        }
        do throws(BoothFailure) {
            return try await ask(request)
        } catch {
            throw error.report(of: line)
        }
    }

    private func ask(_ request: VoiceRequest) async throws(BoothFailure) -> VoiceAnswer {
        let question: [UInt8]
        do {
            question = try JSON.encode(request) + [UInt8(ascii: "\n")]
        } catch {
            throw .answer(SoundFailure(.inconsistent, "the request cannot be written as JSON: \(error)"))
        }
        let output: [UInt8]
        do {
            output = try await programs.run(Program(voice, [], deadline: patience(for: request)), input: question)
                .output
        } catch {
            throw .program(error)
        }
        return try read(output)
    }

    /// Five seconds for the machine to be busy, and a fiftieth of the sound: the engine is a thousand times faster.
    private func patience(for request: VoiceRequest) -> Duration {
        let spoken = Duration.milliseconds(120 * request.text.unicodeScalars.count)
        return .seconds(5) + spoken / 50
    }

    private func read(_ output: [UInt8]) throws(BoothFailure) -> VoiceAnswer {
        guard let end = output.firstIndex(of: UInt8(ascii: "\n")) else {
            throw .answer(SoundFailure(.truncated, "\(output.count) bytes and no line of JSON"))
        }
        let reply: VoiceReply
        do {
            reply = try JSON.decode(from: Array(output[..<end]))
        } catch {
            throw .answer(SoundFailure(.unreadable, "the first line is not a VoiceReply: \(error)"))
        }
        do {
            return try VoiceAnswer(reply, pcm: output[(end + 1)...])
        } catch {
            throw .answer(error)
        }
    }

    /// Through the voice chain to 48 kHz floats.
    private func develop(_ take: SpokenTake, to file: String, for line: Line) async throws(FailureReport) {
        guard !take.samples.isEmpty else {
            return try write(Wave(sampleRate: VoiceChain.rate, channels: [[]]), to: file, for: line)
        }
        let raw = Wave(sampleRate: Speech.sampleRate, channels: [take.samples.map { Float($0) / 32_768 }])
        let seconds = take.samples.count / Speech.sampleRate
        let program = Program(ffmpeg, VoiceChain.arguments(to: file), deadline: .seconds(20 + seconds))
        do {
            _ = try await programs.run(program, input: raw.encoded(.float))
        } catch {
            throw BoothFailure.program(error).report(of: line)
        }
    }

    private func write(_ wave: Wave, to file: String, for line: Line) throws(FailureReport) {
        do {
            try Data(wave.encoded(.float)).write(to: URL(fileURLWithPath: file))
        } catch {
            throw FailureReport(
                .executionFailed, "\(line.lineID): \(file) cannot be written: \(error)", owner: .workerAudio,
                nextStep: "Look at the space and the rights of the work folder.")
        }
    }

    private func report(_ failure: SoundFailure, of line: Line) -> FailureReport {
        BoothFailure.answer(failure).report(of: line)
    }

    private func lineage(of answers: [VoiceAnswer], casting: VoiceCasting) -> [String: String] {
        var lineage = ["voice_chain": VoiceChain.filters, "voice_file": VoiceFile.text(of: casting)]
        if let reply = answers.first?.reply {
            lineage["engine"] = "espeak-ng"
            lineage["engine_version"] = reply.engineVersion
            lineage["engine_data"] = reply.dataPath
        }
        return lineage
    }
}

/// A line on tape.
package struct Recording: Hashable, Sendable {
    /// 48 kHz, one channel, float.
    package let wavFile: String
    /// On the clock of the take as it was spoken; the voice chain moves no sample.
    package let timing: TakeTiming
    /// What made it: engine, version, data, voice, chain.
    package let lineage: [String: String]
}
