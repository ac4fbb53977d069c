// MediaTests · tests · sees Contracts, Sound
import Contracts
import Foundation
import Sound

/// What the sound tests share: voices that need no voice program, whole films, and ffmpeg as a second opinion.
enum SoundStage {
    /// Something like speech: a buzz in syllables, at the film's rate.
    static func voice(seconds: Double, hertz: Double = 140, level: Float = 0.2) -> [Float] {
        var low: Float = 0
        return (0..<Int(seconds * 48_000)).map { frame in
            let time = Double(frame) / 48_000
            let saw = Float(2 * (time * hertz - (time * hertz).rounded(.down)) - 1)
            low += (saw - low) * 0.25
            let syllable = Float(0.55 + 0.45 * sin(2 * .pi * 4.3 * time))
            return low * syllable * level
        }
    }

    /// A film of the length, with a line every four seconds when it has voices.
    static func film(
        seconds: Double, voices: Bool = true, words: [String] = ["sea", "storm"], mood: String = "calm"
    ) -> (sheet: CueSheet, dialogue: [LineID: [Float]]) {
        var lines: [LineCue] = []
        var dialogue: [LineID: [Float]] = [:]
        let length = min(2.5, seconds * 0.6)
        let voice = voice(seconds: length)
        for (index, start) in stride(from: 0.25, to: max(0.3, seconds - length), by: 4).enumerated() where voices {
            let id = LineID(ordinal: index + 1)
            let cue = LineCue(
                lineID: id, startMS: Int(start * 1000), endMS: Int((start + length) * 1000),
                pan: index % 2 == 0 ? 0.25 : -0.25)
            lines.append(cue)
            dialogue[id] = voice
        }
        let scene = SceneCue(startMS: 0, endMS: Int(seconds * 1000), mood: mood, words: words, seed: 11)
        return (CueSheet(seconds: seconds, seed: 7, lines: lines, scenes: [scene]), dialogue)
    }

    struct Judgement {
        let loudness: Double
        let truePeak: Double
    }

    /// What ffmpeg's own meter says; through AAC first when `encoded`.
    static func judge(_ wave: Wave, encoded: Bool = false) throws -> Judgement {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ainer-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a folder left in /tmp fails no test
        var file = folder.appendingPathComponent("mix.wav")
        try Data(wave.encoded(.integer)).write(to: file)
        if encoded {
            let film = folder.appendingPathComponent("mix.m4a")
            _ = try ffmpeg(["-v", "error", "-i", file.path, "-c:a", "aac", "-b:a", "192k", film.path])
            file = film
        }
        let report = try ffmpeg([
            "-hide_banner", "-nostats", "-i", file.path, "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-",
        ])
        return Judgement(loudness: number(after: "I:", in: report), truePeak: number(after: "Peak:", in: report))
    }

    /// The summary comes last.
    private static func number(after label: String, in report: String) -> Double {
        let line = report.split(separator: "\n").last { $0.contains(label) } ?? ""
        let words = line.split(separator: " ")
        return words.firstIndex { $0 == label }.flatMap { Double(words[$0 + 1]) } ?? .nan
    }

    private static func ffmpeg(_ arguments: [String]) throws -> String {
        let process = Process()
        let words = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
        process.arguments = ["-nostdin"] + arguments
        process.standardError = words
        try process.run()
        let report = String(decoding: words.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Refused(report: report) }
        return report
    }

    struct Refused: Error {
        let report: String
    }
}
