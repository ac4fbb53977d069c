// ComposerEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Planning, Picture, Raster, Sound, Cutting
import Contracts
import Sound
import WorkerKitShell

/// The sound of the whole film, as one file: lines, places, music and effects, mixed to the loudness of film.
struct Soundtrack {
    struct Recorded {
        let file: String
        let report: LoudnessReport
    }

    let plan: ShotPlan
    let timeline: Timeline
    let seed: UInt64

    func record(_ bench: Workbench) async throws -> Recorded {
        var dialogue: [LineID: [Float]] = [:]
        for span in timeline.lines {
            let bytes = try LocalFile.read(try await bench.file(.dialogueWav, unit: span.lineID.rawValue))
            dialogue[span.lineID] = try Wave.decode(bytes).channels.first ?? []
        }
        let mix = Mixer.mix(CueSheet(plan: plan, timeline: timeline, seed: seed), dialogue: dialogue)
        let file = "\(bench.folder)/mix.wav"
        try LocalFile.write(mix.wave.encoded(.integer), to: file)
        return Recorded(file: file, report: mix.report)
    }
}
