// ComposerEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Planning, Picture, Raster, Sound, Cutting
package import Contracts
import Cutting
import Planning
package import Ports
import Sound
import Wire
package import WorkerKitShell

/// Cuts the film: shots in a row, lines, places and music mixed, subtitles beside, and a sheet of pictures to look at.
package struct ComposerEngine: WorkerKitShell.Engine {
    package let pool = Pool.compose
    package static let built: Set<JobType> = [.composeFinal]
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
        let plan: ShotPlan = try await bench.read(.shotPlan)
        let timeline: Timeline = try await bench.read(.timeline)
        let shots = try await files(of: .shotVideo, in: timeline.shots.map(\.shotID.rawValue), bench)
        bench.note("mixes the sound of \(shots.count) shots")
        let sound = try await Soundtrack(plan: plan, timeline: timeline, seed: order.seed).record(bench)
        bench.note(progress: 0.4)
        let cues = try Subtitles.run(.init(plan: plan, timeline: timeline))
        let subtitles = "\(bench.folder)/film.srt"
        try LocalFile.write(Array(Subtitles.srt(cues).utf8), to: subtitles)
        let list = "\(bench.folder)/shots.txt"
        try LocalFile.write(Array(FinalCut.script(of: shots).utf8), to: list)
        let film = "\(bench.folder)/film.mp4"
        let cut = FinalCut(
            shotList: list, sound: sound.file, subtitles: subtitles, title: plan.title, language: plan.language)
        bench.note("joins them to one film")
        try await run(ffmpeg, cut.arguments(to: film), deadline: .milliseconds(order.timeoutMS))
        let probe = try await inspect(film, timeline)
        bench.note(progress: 0.9)
        let sheet = try await PictureSheet(plan: plan, timeline: timeline).draw(bench)
        let format = FrameFormat(order.quality)
        let seconds = probe.seconds ?? 0
        return Produce(
            products: [
                Product(
                    file: film, type: .finalVideo, mimeType: "video/mp4", durationMS: Int(seconds * 1000),
                    size: (format.width, format.height), lineage: ["engine": "ffmpeg"]),
                Product(file: subtitles, type: .subtitles, mimeType: "application/x-subrip"),
                Product(file: sheet, type: .contactSheet, mimeType: "image/png"),
                try bench.product(
                    CutReport(plan: plan, timeline: timeline, seconds: seconds, loudness: sound.report), .report),
            ],
            output: JobOutput(
                notes: sound.report.unavailableEffects.map { "no sound is known for \"\($0)\"" },
                metrics: ["seconds": seconds])
        ) { [order] artifacts in
            let published = artifacts.filter { $0.artifactType != .report }
            let cut = CutMade(
                runID: order.runID, jobID: order.jobID, durationMS: Int(seconds * 1000), artifacts: published)
            return try [AinerEvent.composeCompleted, .artifactPublished].map {
                EarnedEvent($0, from: .composer, payload: try JSON.value(cut))
            }
        }
    }

    /// The files of a type in the order of their units; one that is missing is named.
    private func files(of type: ArtifactType, in units: [String], _ bench: Workbench) async throws -> [String] {
        var files: [String] = []
        for unit in units { files.append(try await bench.file(type, unit: unit)) }
        return files
    }

    private func run(_ program: String, _ arguments: [String], deadline: Duration) async throws {
        do {
            _ = try await programs.run(Program(program, arguments, deadline: deadline), input: [])
        } catch {
            throw FailureReport(
                .composeFailed, error.description, owner: .composer,
                nextStep: "run `./ainer doctor`: it checks ffmpeg and its encoders")
        }
    }

    /// The film must have picture, sound and subtitles, and be as long as the plan says.
    private func inspect(_ film: String, _ timeline: Timeline) async throws -> Probe {
        let program = Program(ffprobe, Probe.arguments(for: film), deadline: .seconds(60))
        let probe: Probe = try JSON.decode(from: try await programs.run(program, input: []).output)
        for kind in ["video", "audio", "subtitle"] where probe.stream(kind) == nil {
            throw FailureReport(.composeFailed, "the film came out without a \(kind) stream", owner: .composer)
        }
        guard probe.frames == timeline.frames else {
            throw FailureReport(
                .composeFailed, "the film has \(probe.frames ?? 0) frames, the plan \(timeline.frames)",
                owner: .composer)
        }
        return probe
    }
}

/// What the cut says of itself.
struct CutReport: Codable {
    let plannedSeconds: Double
    let seconds: Double
    let shots: Int
    let lines: Int
    let loudness: LoudnessReport

    enum CodingKeys: String, CodingKey {
        case plannedSeconds = "planned_seconds"
        case seconds
        case shots
        case lines
        case loudness
    }

    init(plan: ShotPlan, timeline: Timeline, seconds: Double, loudness: LoudnessReport) {
        plannedSeconds = Double(timeline.durationMS) / 1000
        self.seconds = seconds
        shots = plan.shots.count
        lines = plan.lines.count
        self.loudness = loudness
    }
}
