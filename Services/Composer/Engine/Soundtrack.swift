// ComposerEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Planning, Picture, Raster, Sound, Cutting
import Contracts
import Sound
import WorkerKitShell

/// The sound of the whole film, as one file.
struct Soundtrack {
    struct Recorded {
        let file: String
        let loudness: [String: Double]
        let lineage: [String: String]
    }

    let plan: ShotPlan
    let timeline: Timeline
    let seed: UInt64

    func record(_ bench: Workbench) async throws -> Recorded {
        let rate = 48_000
        var mix = [Float](repeating: 0, count: timeline.frames * rate / timeline.framesPerSecond)
        for span in timeline.lines {
            let bytes = try LocalFile.read(try await bench.file(.dialogueWav, unit: span.lineID.rawValue))
            let samples = try Wave.decode(bytes).channels.first ?? []
            let start = span.startMS * rate / 1000
            for (index, sample) in samples.enumerated() where start + index < mix.count { mix[start + index] += sample }
        }
        let peak = mix.reduce(Float(0.01)) { max($0, abs($1)) }
        let wave = Wave(sampleRate: rate, channels: [mix.map { $0 / peak * 0.7 }])
        let file = "\(bench.folder)/mix.wav"
        try LocalFile.write(wave.encoded(.integer), to: file)
        return Recorded(file: file, loudness: [:], lineage: [:])
    }
}
