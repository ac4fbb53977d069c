// WorkerAudioEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Sound, ProcessDriver
package import Contracts
package import Ports
package import WorkerKitShell

/// Speaks one line: finds its words in the plan and its voice in the continuity, and sends it to the booth.
package struct AudioEngine: Engine {
    package let pool = Pool.audio
    package static let built: Set<JobType> = [.synthAudio]
    package var jobTypes: Set<JobType> { Self.built }

    private let booth: VoiceBooth

    package init(programs: any Programs, voice: String, ffmpeg: String) {
        booth = VoiceBooth(programs: programs, voice: voice, ffmpeg: ffmpeg)
    }

    package func perform(_ order: JobOrder, at bench: Workbench) async throws -> Produce {
        let plan: ShotPlan = try await bench.read(.shotPlan)
        let continuity: Continuity = try await bench.read(.continuity)
        guard let line = plan.lines.first(where: { $0.lineID.rawValue == order.unit }) else {
            throw FailureReport(
                .planValidation, "the plan has no line \(order.unit ?? "without a name")", owner: .workerAudio)
        }
        guard let casting = continuity.voice(of: line.speaker) ?? continuity.voice(of: .narrator) else {
            throw FailureReport(
                .planValidation, "nobody was given a voice, so \(line.lineID) cannot be spoken", owner: .workerAudio)
        }
        bench.note("speaks \(line.lineID), \(line.text.count) characters")
        let recording = try await booth.record(line, as: casting, in: bench.folder)
        bench.note("\(recording.timing.durationMS) ms are spoken")
        var timing = try bench.product(recording.timing, .takeTiming, unit: order.unit)
        timing.lineage = recording.lineage
        let sound = Product(
            file: recording.wavFile, type: .dialogueWav, unit: order.unit, mimeType: "audio/wav",
            durationMS: recording.timing.durationMS, lineage: recording.lineage)
        return Produce(
            products: [sound, timing], output: JobOutput(metrics: ["characters": Double(line.text.count)]))
    }
}
