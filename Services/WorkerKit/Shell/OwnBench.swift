// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
package import Contracts
package import Ports

/// The hall of workers who know the store themselves: one bench for everything.
package struct OwnBench: BenchHall {
    private let bench: any Bench

    package init(_ bench: any Bench) { self.bench = bench }

    package func bench(with links: TicketLinks?) -> any Bench { bench }

    package func bytes(of key: ObjectKey, by link: ObjectLink?) async throws(StoreFailure) -> [UInt8] {
        try await bench.read(key)
    }
}
