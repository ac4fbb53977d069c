// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
package import Contracts
package import Ports
import WorkerKitCore

/// Asks NVIDIA's own program how the cards are. Where it is not installed there is no card to speak of.
package struct GPUGauge: Sendable {
    private let programs: any Programs
    private let path: String

    package init(programs: any Programs, path: String = "nvidia-smi") {
        self.programs = programs
        self.path = path
    }

    package func read() async -> [GPULoad] {
        do {
            let asked = Program(path, GPUReading.question, deadline: .seconds(5))
            let answer = try await programs.run(asked, input: [])
            return GPUReading.loads(in: String(decoding: answer.output, as: UTF8.self))
        } catch {
            return []  // a heartbeat without cards says more than none
        }
    }
}
