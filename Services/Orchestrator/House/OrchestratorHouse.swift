// OrchestratorHouse · wiring · sees Contracts, Delivery, Policies, Ports, ServiceHost, Telemetry, OrchestratorAdapters, OrchestratorShell
package import Contracts
package import Delivery
import OrchestratorAdapters
package import OrchestratorShell
import Policies
package import Ports
package import ServiceHost
package import Telemetry

/// What the orchestrator stands on.
package struct OrchestratorGround: Sendable {
    package let desk: Desk
    package let bus: any MessageBus
    /// Who knows where jobs are.
    package let hub: any FarmOperations
    package let clock: any WallClock
    package let entropy: any Entropy
    package let log: Log

    package init(
        desk: Desk, bus: any MessageBus, hub: any FarmOperations, clock: any WallClock, entropy: any Entropy, log: Log
    ) {
        self.desk = desk
        self.bus = bus
        self.hub = hub
        self.clock = clock
        self.entropy = entropy
        self.log = log
    }
}

/// The orchestrator put together: what it answers, and what works behind it.
package struct OrchestratorHouse: Sendable {
    package static let migrations = RunQueries.migrations

    package let office: RunOffice
    package let runs: any RunStore
    package let services: [Service]

    /// `built` is what this version can do; new runs are frozen with it.
    package init(on ground: OrchestratorGround, built: Set<JobType> = JobType.built) {
        let mint = Mint(clock: ground.clock, entropy: ground.entropy)
        let store = SQLRunStore(desk: ground.desk, mint: mint, log: ground.log)
        runs = store
        let steward = RunSteward(store: store, clock: ground.clock, entropy: ground.entropy, log: ground.log)
        let book = SQLDeadBook(database: ground.desk.database)
        let desk = ground.desk
        office = RunOffice(
            runs: store, dead: DeadLetterDesk(book: book, clock: ground.clock, log: ground.log),
            hub: ground.hub, clock: ground.clock, log: ground.log, sayAgain: { try await desk.sayAgain($0) })
        services =
            Self.readers(ground, steward, RunInbox(built: built)) + Self.undertakers(ground, book) + [
                Service("retry alarm") {
                    await Alarm(clock: ground.clock, log: ground.log).run(next: steward.nextDue, ring: steward.tick)
                }
            ]
    }

    private static func readers(
        _ ground: OrchestratorGround, _ steward: RunSteward, _ reader: RunInbox
    ) -> [Service] {
        [Topic.taskSubmitted, .jobStatus].map { topic in
            let queue = QueueName.group(topic, .orchestrator)
            let inbox = Inbox(
                bus: ground.bus, queue: queue, vault: ground.desk.vault, clock: ground.clock, log: ground.log)
            return Service("reader of \(queue)") {
                await inbox.run { try await steward.receive(try $0.compactMap(reader.news)) }
            }
        }
    }

    private static func undertakers(_ ground: OrchestratorGround, _ book: SQLDeadBook) -> [Service] {
        let mortuary = Mortuary(
            book: book, bus: ground.bus, clock: ground.clock, log: ground.log, read: DeadReader.read)
        return [
            Service("reader of the dead") { await mortuary.receive() },
            Service("post of what is sent back") {
                await Alarm(clock: ground.clock, log: ground.log).run(
                    next: mortuary.nextLeaving, ring: mortuary.bringBack)
            },
        ]
    }
}
