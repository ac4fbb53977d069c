// WorkerVideoEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Picture, Raster, Cutting
package import Contracts
import Cutting
import Policies
package import Ports
import Raster
import Wire
package import WorkerKitShell

/// Draws a shot frame by frame into the encoder, and checks the file it gets.
package struct VideoEngine: WorkerKitShell.Engine {
    package let pool = Pool.video
    package static let built: Set<JobType> = [.renderVideo]
    package var jobTypes: Set<JobType> { Self.built }

    private let programs: any Programs
    private let ffmpeg: String
    private let ffprobe: String

    package init(programs: any Programs, ffmpeg: String = "ffmpeg", ffprobe: String = "ffprobe") {
        self.programs = programs
        self.ffmpeg = ffmpeg
        self.ffprobe = ffprobe
    }

    package func perform(_ order: JobOrder, at bench: Workbench) async throws -> Produce {
        let dsl = try await shot(order, bench)
        let continuity: Continuity = try await bench.read(.continuity)
        let format = FrameFormat(order.quality)
        let sketch = ShotSketch(dsl: dsl, profiles: continuity.profiles, format: format)
        let video = "\(bench.folder)/shot.mp4"
        let keyframe = "\(bench.folder)/keyframe.png"
        bench.note("draws \(order.unit ?? "a shot") at \(format.width)×\(format.height)")
        let drawing = try await draw(sketch, order, to: video, keyframe: keyframe, bench)
        bench.note("\(drawing.frames) frames are drawn and encoded")
        try await check(video, frames: drawing.frames)
        let milliseconds = drawing.frames * 1000 / format.framesPerSecond
        return Produce(
            products: [
                Product(
                    file: video, type: .shotVideo, unit: order.unit, mimeType: "video/mp4", durationMS: milliseconds,
                    size: (format.width, format.height), lineage: drawing.lineage),
                Product(
                    file: keyframe, type: .keyframe, unit: order.unit, mimeType: "image/png",
                    size: (format.width, format.height), lineage: drawing.lineage),
            ],
            output: JobOutput(notes: drawing.notes, metrics: ["frames": Double(drawing.frames)]))
    }

    /// The shot of this order, its speakers' mouths put where the lip tracks say.
    private func shot(_ order: JobOrder, _ bench: Workbench) async throws -> ShotDSL {
        let shots: [ShotDSL] = try await bench.read(.dslBundle)
        guard var dsl = shots.first(where: { $0.shotID.rawValue == order.unit }) else {
            throw FailureReport(
                .planValidation, "the plan has no shot \(order.unit ?? "without a name")", owner: .workerVideo)
        }
        let tracks: [VisemeTrack] = try await bench.readAll(.visemeTrack)
        for index in dsl.lines.indices {
            guard let track = tracks.first(where: { $0.lineID == dsl.lines[index].lineID }) else { continue }
            dsl.lines[index].visemes = track.mouths
        }
        return dsl.take(order.take)
    }

    private func draw(
        _ sketch: ShotSketch, _ order: JobOrder, to video: String, keyframe: String, _ bench: Workbench
    ) async throws -> Drawing {
        let arguments = ShotEncoding.arguments(sketch.format, quality: order.quality, to: video)
        let encoder = Program(ffmpeg, arguments, deadline: .milliseconds(order.timeoutMS))
        let report = DrawingReport()
        do {
            _ = try await programs.stream(encoder) { sink in
                try report.keep { try sketch.draw(into: sink, keyframe: keyframe) { bench.note(progress: $0) } }
            }
        } catch {
            // A refused picture closes the pipe first; its reason says more than the encoder's complaint.
            throw report.failure ?? encoderFailure(error)
        }
        return try report.drawing()
    }

    private func encoderFailure(_ failure: ProgramFailure) -> FailureReport {
        FailureReport(
            .executionFailed, failure.description, owner: .workerVideo,
            nextStep: "run `./ainer doctor`: it checks ffmpeg and its encoders")
    }

    private func check(_ path: String, frames: Int) async throws {
        let program = Program(ffprobe, Probe.arguments(for: path), deadline: .seconds(30))
        let probe: Probe = try JSON.decode(from: try await programs.run(program, input: []).output)
        guard probe.frames == frames else {
            throw FailureReport(
                .executionFailed, "the encoder wrote \(probe.frames ?? 0) of \(frames) frames", owner: .workerVideo)
        }
    }
}

extension ShotDSL {
    /// The same shot by other chance; the first take is as it was planned.
    package func take(_ number: Int?) -> ShotDSL {
        guard let number else { return self }
        var shot = self
        shot.seed = Seed.part(seed, "take \(number)") >> 11  // a seed has 53 bits
        return shot
    }
}
