// WorkerHubHouse · wiring · sees Contracts, Delivery, Policies, Ports, ServiceHost, Telemetry, WorkerHubAdapters, WorkerHubCore, WorkerHubShell
package import Contracts
package import Delivery
import Policies
package import Ports
package import ServiceHost
package import Telemetry
import WorkerHubAdapters
package import WorkerHubCore
package import WorkerHubShell

/// What the hub stands on.
package struct HubGround: Sendable {
    package let desk: Desk
    package let bus: any MessageBus
    package let objects: any ObjectStore
    package let clock: any WallClock
    package let entropy: any Entropy
    package let log: Log
    /// Whether tickets carry links, for workers that know no store.
    package var isLending = false
    /// How long a silent worker keeps its job.
    package var leaseLength = LeaseMachine.leaseLength
    package var caps = TenantCaps()

    package init(
        desk: Desk, bus: any MessageBus, objects: any ObjectStore, clock: any WallClock, entropy: any Entropy, log: Log
    ) {
        self.desk = desk
        self.bus = bus
        self.objects = objects
        self.clock = clock
        self.entropy = entropy
        self.log = log
    }
}

/// The hub put together: what it answers, and what works behind it.
package struct HubHouse: Sendable {
    package static let migrations = LeaseQueries.migrations

    package let desk: HubDesk
    package let services: [Service]
    private let steward: LeaseSteward

    package init(on ground: HubGround) {
        let mint = Mint(clock: ground.clock, entropy: ground.entropy)
        let store = SQLLeaseStore(
            desk: ground.desk, mint: mint, log: ground.log, caps: ground.caps,
            lender: ground.isLending ? TicketLender(objects: ground.objects) : nil)
        let steward = LeaseSteward(
            store: store, objects: ground.objects, clock: ground.clock, log: ground.log,
            lasting: ground.leaseLength)
        self.steward = steward
        desk = HubDesk(book: store, clock: ground.clock, log: ground.log)
        services =
            [Topic.jobDispatch, .workerResult].map { topic in
                let queue = QueueName.group(topic, .workerHub)
                let inbox = Inbox(
                    bus: ground.bus, queue: queue, vault: ground.desk.vault, clock: ground.clock, log: ground.log)
                return Service("reader of \(queue)") {
                    await inbox.run { try await steward.receive(try $0.compactMap(LeaseInbox.news)) }
                }
            } + [
                Service("lease alarm") {
                    await Alarm(clock: ground.clock, log: ground.log).run(
                        next: steward.nextExpiry, ring: steward.sweep)
                }
            ]
    }

    /// Everybody who holds a lease, or said that they are there.
    package func holders() async throws -> [NodeID] { try await steward.holders() }
}
