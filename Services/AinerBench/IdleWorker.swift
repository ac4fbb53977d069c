// AinerBench · wiring · sees Contracts, WorkerKitHouse, WorkerKitShell
import Contracts
import Foundation
import WorkerKitHouse
import WorkerKitShell

/// Does nothing, and plans some shots of it.
struct IdleEngine: Engine {
    let pool: Pool
    let shots: Int
    /// Whether each job leaves a small file, with its own name in it.
    var leavesFiles = false

    func perform(_ order: JobOrder, at bench: Workbench) async throws -> Produce {
        var output = JobOutput()
        if order.jobType == .planSceneShots {
            output.shots = (1...shots).map { PlannedShot(shotID: ShotID(ordinal: $0), lines: []) }
        }
        guard leavesFiles else { return Produce(products: [], output: output) }
        let file = bench.folder + "/made"
        try Data("made for \(order.jobID)".utf8).write(to: URL(fileURLWithPath: file))
        let made = Product(file: file, type: .report, unit: order.unit, mimeType: "text/plain")
        return Produce(products: [made], output: output)
    }
}

/// A worker of every pool in a process of its own, whose work is over at once: for those who want to see what a farm does
/// around the work. `ainer-bench idle-worker`, with the settings of any worker.
enum IdleWorker {
    static let program = "idle-worker"

    static func run() async -> Never {
        await WorkerProcess.run(program) { settings, _ in
            Pool.allCases.map { Seats(IdleEngine(pool: $0, shots: 1, leavesFiles: true), settings.slots) }
        }
    }
}
