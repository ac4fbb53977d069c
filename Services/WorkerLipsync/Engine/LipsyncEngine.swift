// WorkerLipsyncEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Sound
package import Contracts
import Sound
package import WorkerKitShell

/// Turns the sounds of a take into mouths. The picture is drawn with them; no pixel is touched afterwards.
package struct LipsyncEngine: Engine {
    package let pool = Pool.lipsync
    package static let built: Set<JobType> = [.renderLipsync]
    package var jobTypes: Set<JobType> { Self.built }

    package init() {}

    package func perform(_ order: JobOrder, at bench: Workbench) async throws -> Produce {
        let timing: TakeTiming = try await bench.read(.takeTiming, unit: order.unit)
        var product = try bench.product(Visemes.track(of: timing), .visemeTrack, unit: order.unit)
        product.lineage = ["engine": "ainer-visemes", "engine_version": "1", "mode": "viseme_track"]
        return Produce(products: [product])
    }
}
