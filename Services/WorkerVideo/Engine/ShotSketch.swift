// WorkerVideoEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Picture, Raster, Cutting
import Contracts
import Cutting
import Picture
import Ports
import Raster
import Synchronization
import Wire

/// What became of a drawing.
struct Drawing: Sendable {
    var frames: Int
    var notes: [String]
    var lineage: [String: String]
}

/// A shot to draw: values only, so it can travel to the thread that draws.
struct ShotSketch: Sendable {
    let dsl: ShotDSL
    let profiles: [Profile]
    let format: FrameFormat

    /// Draws every frame into the sink, and one picture of the shot's heart beside it.
    func draw(into sink: any ByteSink, keyframe: String, progress: (Double) -> Void) throws -> Drawing {
        let renderer = try ShotRenderer(dsl, profiles: profiles, width: format.width, height: format.height)
        var frame = [UInt8](repeating: 0, count: format.frameBytes)
        for number in 0..<renderer.frames {
            if sink.isCancelled { throw CancellationError() }
            try frame.withUnsafeMutableBytes { try renderer.draw(frame: number, into: $0) }
            try frame.withUnsafeBytes { try sink.write($0) }
            progress(Double(number + 1) / Double(max(1, renderer.frames)))
        }
        try renderer.png(frame: renderer.frames * 45 / 100, to: keyframe)
        let notes = renderer.degradations.map { "\(dsl.shotID): \($0.word) drawn as \($0.used)" }
        var lineage = Raster.Engine.lineage
        // One entry each: a lineage holds two hundred short texts, not one long one.
        for (number, degradation) in renderer.degradations.prefix(100).enumerated() {
            lineage["degradation.\(number + 1)"] = try JSON.text(degradation)
        }
        return Drawing(frames: renderer.frames, notes: notes, lineage: lineage)
    }
}

/// Carries the drawing, or why there is none, out of the drawing thread.
final class DrawingReport: Sendable {
    private let box = Mutex<Result<Drawing, any Error>?>(nil)

    func keep(_ work: () throws -> Drawing) throws {
        let result = Result(catching: work)
        box.withLock { $0 = result }
        _ = try result.get()
    }

    /// Why the drawing itself failed; `nil` when it did not, or when only the pipe broke.
    var failure: FailureReport? {
        guard case .failure(let error) = box.withLock({ $0 }), let reason = error as? RasterFailure else { return nil }
        return FailureReport(.executionFailed, "\(reason)", owner: .workerVideo)
    }

    func drawing() throws -> Drawing {
        guard let result = box.withLock({ $0 }) else {
            throw FailureReport(.executionFailed, "the shot was not drawn", owner: .workerVideo)
        }
        return try result.get()
    }
}
