// GatewayHouse · wiring · sees Contracts, Delivery, HTTP, Policies, Ports, Telemetry, Web, GatewayAdapters, GatewayCore, GatewayShell, GatewaySite
import Contracts
package import Delivery
import GatewayAdapters
import GatewayCore
package import GatewayShell
package import GatewaySite
package import Ports
package import Telemetry
package import Web

/// What the gateway stands on.
package struct GatewayGround: Sendable {
    package let desk: Desk
    package let bus: any MessageBus
    package let objects: any ObjectStore
    package let coordination: any Coordination
    package let clock: any WallClock
    package let entropy: any Entropy
    package let log: Log
    package var tracer = Tracer.silent

    package init(
        desk: Desk, bus: any MessageBus, objects: any ObjectStore, coordination: any Coordination,
        clock: any WallClock, entropy: any Entropy, log: Log
    ) {
        self.desk = desk
        self.bus = bus
        self.objects = objects
        self.coordination = coordination
        self.clock = clock
        self.entropy = entropy
        self.log = log
    }
}

/// The gateway put together: its site, and what works behind it.
package struct GatewayHouse: Sendable {
    /// Something that works until it is cancelled.
    package struct Work: Sendable {
        package let name: String
        package let run: @Sendable () async throws -> Void
    }

    package static let migrations = GatewayTables.migrations

    package let tasks: TaskDesk
    package let views: any RunViews
    package let work: [Work]
    private let rooms: GatewayRooms
    private let ground: GatewayGround

    package init(on ground: GatewayGround, doorkeeper: any Doorkeeper, operations: any Operations) {
        let mint = Mint(clock: ground.clock, entropy: ground.entropy)
        let desk = GatewayDesk(ground.desk)
        let views = SQLRunViews(desk: desk, mint: mint)
        let bells = RunBells(coordination: ground.coordination, clock: ground.clock, log: ground.log)
        let tasks = TaskDesk(runs: views, objects: ground.objects, clock: ground.clock, mint: mint)
        let runs = RunDesk(runs: views, bells: bells, operations: operations, clock: ground.clock)
        let librarian = Librarian(
            shelves: SQLShelves(desk: desk, mint: mint), objects: ground.objects, clock: ground.clock, mint: mint)
        rooms = GatewayRooms(tasks: tasks, runs: runs, librarian: librarian, doorkeeper: doorkeeper)
        self.tasks = tasks
        self.views = views
        self.ground = ground
        work = Self.work(ground, views, bells)
    }

    package func site(version: String, manners: Manners = Manners()) throws -> Site {
        try GatewaySite.open(
            rooms, version: version, manners: manners,
            on: Ground(
                owner: .gateway, clock: ground.clock, entropy: ground.entropy, log: ground.log, tracer: ground.tracer))
    }

    /// Serves the links of a store in files, at their own path beside the site.
    package func links(_ verify: @escaping LinkDoor.Verify) -> LinkDoor {
        LinkDoor(objects: ground.objects, clock: ground.clock, verify: verify)
    }

    private static func work(_ ground: GatewayGround, _ views: SQLRunViews, _ bells: RunBells) -> [Work] {
        let queue = QueueName.group(.runStatus, .gateway)
        let inbox = Inbox(
            bus: ground.bus, queue: queue, vault: ground.desk.vault, clock: ground.clock, log: ground.log)
        return [
            Work(name: "reader of \(queue)") {
                await inbox.run { envelopes in
                    await bells.ring(try await views.hear(envelopes, at: ground.clock.now()))
                }
            },
            Work(name: "bells of runs") { await bells.hearOthers() },
            Work(name: "lost bells of runs") { await bells.mend { try await views.changed(since: $0) } },
        ]
    }
}
