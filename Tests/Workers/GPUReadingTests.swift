// WorkerTests · tests · sees Contracts, Ports, WorkerKitCore, WorkerKitShell
import Contracts
import Ports
import Testing
import WorkerKitCore
import WorkerKitShell

@Suite("How graphics cards are")
struct GPUReadingTests {
    @Test("is read from what their program prints, a card a line")
    func cards() {
        let text = "NVIDIA H100 80GB HBM3, 37, 4096, 81559, 61\nOld Card, [N/A], 12, 512, [Not Supported]\n"
        let loads = GPUReading.loads(in: text)
        #expect(loads.map(\.name) == ["NVIDIA H100 80GB HBM3", "Old Card"])
        #expect(loads[0].utilization == 0.37 && loads[0].temperatureC == 61)
        #expect(loads[0].memoryUsedBytes == 4096 * 1_048_576 && loads[0].memoryTotalBytes == 81559 * 1_048_576)
        #expect(loads[1].utilization == nil && loads[1].temperatureC == nil && loads[1].memoryUsedBytes != nil)
    }

    @Test("is nothing where there is no card, whatever the program says instead")
    func none() async {
        #expect(GPUReading.loads(in: "NVIDIA-SMI has failed because it could not talk to the driver.\n").isEmpty)
        #expect(GPUReading.loads(in: "").isEmpty)
        #expect(GPUReading.loads(in: "a, nan, inf, 1e300, -1e300")[0] == GPULoad(name: "a"))
    }
}
