// WorkerKitHouse · wiring · sees Contracts, Policies, Ports, ServiceHost, Telemetry, WorkerKitShell
import Contracts
import Policies
package import Ports
package import ServiceHost
package import Telemetry
package import WorkerKitShell

/// What a worker stands on: a broker and a bench. It has no database and no store.
package struct WorkerGround: Sendable {
    package let bus: any MessageBus
    package let hall: any BenchHall
    package let clock: any WallClock
    package let entropy: any Entropy
    package let log: Log
    package let card: NodeCard

    package init(
        bus: any MessageBus, hall: any BenchHall, clock: any WallClock, entropy: any Entropy, log: Log, card: NodeCard
    ) {
        self.bus = bus
        self.hall = hall
        self.clock = clock
        self.entropy = entropy
        self.log = log
        self.card = card
    }
}

/// An engine, and how many jobs it works on at once.
package struct Seats: Sendable {
    package let engine: any Engine
    package let count: Int

    package init(_ engine: any Engine, _ count: Int) {
        self.engine = engine
        self.count = count
    }
}

/// A worker put together: one node, and a seat for every job it works on at once.
package struct WorkerHouse: Sendable {
    package let node: WorkerNode
    package let services: [Service]

    package init(on ground: WorkerGround, _ seats: [Seats]) {
        let mint = Mint(clock: ground.clock, entropy: ground.entropy)
        let node = WorkerNode(
            nodeID: mint.name(), bus: ground.bus, hall: ground.hall, clock: ground.clock, mint: mint,
            log: ground.log, card: ground.card)
        self.node = node
        services =
            seats.flatMap { seats in
                (0..<seats.count).map { place in
                    Service("\(seats.engine.pool.rawValue) worker \(place + 1)") {
                        await PoolWorker(node: node, engine: seats.engine).work()
                    }
                }
            } + [Service("node \(node.nodeID)") { await node.listen() }]
    }
}
