// GatewayHouse · wiring · sees Contracts, Delivery, HTTP, HTTPClientDriver, Policies, Ports, ServiceHost, Telemetry, Web, GatewayAdapters, GatewayCore, GatewayShell, GatewaySite
import Contracts
package import Delivery
import GatewayAdapters
import GatewayCore
package import GatewayShell
package import GatewaySite
package import Ports
package import ServiceHost
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
    package let people: PeopleGround
    package var tracer = Tracer.silent
    /// What each token may ask for.
    package var requests = Allowance(1200, every: .seconds(60), burst: 1200)
    /// Whether webhooks may be called in private networks, and over plain HTTP.
    package var allowsPrivateHooks = false

    package init(
        desk: Desk, bus: any MessageBus, objects: any ObjectStore, coordination: any Coordination,
        clock: any WallClock, entropy: any Entropy, log: Log, people: PeopleGround
    ) {
        self.desk = desk
        self.bus = bus
        self.objects = objects
        self.coordination = coordination
        self.clock = clock
        self.entropy = entropy
        self.log = log
        self.people = people
    }
}

/// What signing in stands on.
package struct PeopleGround: Sendable {
    package let keeper: any PasswordKeeper
    /// The first signs, all are believed.
    package let secrets: [[UInt8]]
    /// Whether anybody may make himself a tenant.
    package var isRegistrationOpen = false
    /// Whether browsers reach us over TLS alone.
    package var isSecure = false

    package init(keeper: any PasswordKeeper, secrets: [[UInt8]], isRegistrationOpen: Bool = false) {
        self.keeper = keeper
        self.secrets = secrets
        self.isRegistrationOpen = isRegistrationOpen
    }
}

/// The gateway put together: its site, and what works behind it.
package struct GatewayHouse: Sendable {
    package static let migrations = GatewayTables.migrations

    package let tasks: TaskDesk
    package let views: any RunViews
    package let signIn: SignIn
    package let services: [Service]
    private let rooms: GatewayRooms
    private let ground: GatewayGround

    package init(on ground: GatewayGround, doorkeeper: any Doorkeeper, operations: Operations) {
        let mint = Mint(clock: ground.clock, entropy: ground.entropy)
        let desk = GatewayDesk(ground.desk)
        let views = SQLRunViews(desk: desk, mint: mint)
        let bells = RunBells(coordination: ground.coordination, clock: ground.clock, log: ground.log)
        let tasks = TaskDesk(runs: views, objects: ground.objects, clock: ground.clock, mint: mint)
        let runs = RunDesk(runs: views, bells: bells, operations: operations, clock: ground.clock)
        let tools = Self.tools(ground, desk, mint)
        let webhooks = SQLWebhooks(desk: desk, mint: mint)
        let gates = GateDesk(gates: SQLGates(desk: desk, mint: mint), clock: ground.clock)
        let outbox = ground.desk
        rooms = GatewayRooms(
            making: MakingRooms(
                tasks: tasks, runs: runs, gates: gates,
                shots: ShotDesk(runs: runs, objects: ground.objects, papers: JSONPapers()),
                timelines: TimelineDesk(
                    runs: runs, timelines: SQLTimelines(desk: desk, mint: mint), objects: ground.objects,
                    papers: JSONPapers(), clock: ground.clock, mint: mint)),
            librarian: Librarian(
                shelves: SQLShelves(desk: desk, mint: mint), objects: ground.objects, clock: ground.clock, mint: mint),
            hooks: HookDesk(
                hooks: webhooks, clock: ground.clock, entropy: ground.entropy,
                allowsPrivate: ground.allowsPrivateHooks),
            operators: OperatorDesk(
                operations: operations, runs: views, gates: gates, tools: tools,
                sayAgain: { try await outbox.sayAgain($0) }),
            people: PeopleRooms(
                tools, isRegistrationOpen: ground.people.isRegistrationOpen, isSecure: ground.people.isSecure),
            doorkeeper: Doorkeepers(doorkeeper, PeopleDoor(tools)))
        signIn = rooms.people.signIn
        self.tasks = tasks
        self.views = views
        self.ground = ground
        services =
            Self.services(ground, views, bells) + [
                Self.courier(ground, webhooks, desk.notices),
                Service("sweeper of what is old") {
                    await Sweeper(desk, clock: ground.clock, log: ground.log).run()
                },
            ]
    }

    package func site(version: String, manners: Manners = Manners()) throws -> Site {
        var manners = manners
        manners.middleware.append(
            Meter(ground.coordination, allowing: ground.requests, log: ground.log).middleware)
        return try GatewaySite.open(
            rooms, version: version, manners: manners,
            on: Ground(
                owner: .gateway, clock: ground.clock, entropy: ground.entropy, log: ground.log, tracer: ground.tracer))
    }

    private static func tools(_ ground: GatewayGround, _ desk: GatewayDesk, _ mint: Mint) -> PeopleTools {
        PeopleTools(
            store: SQLPeople(desk: desk, mint: mint), seal: JWTSeal(secrets: ground.people.secrets),
            keeper: ground.people.keeper, coordination: ground.coordination, clock: ground.clock,
            entropy: ground.entropy, log: ground.log)
    }

    /// Woken by whoever writes a notice here, and by the time.
    private static func courier(_ ground: GatewayGround, _ notices: SQLWebhooks, _ written: Bells) -> Service {
        Service("courier of webhooks") {
            let courier = Courier(
                notices: notices, post: try HTTPPost(allowsPrivate: ground.allowsPrivateHooks), clock: ground.clock,
                entropy: ground.entropy, log: ground.log)
            await withTaskGroup(of: Void.self) { group in
                group.addTask { for await _ in written.listen() { courier.ring() } }
                group.addTask {
                    await Alarm(clock: ground.clock, log: ground.log).run(next: courier.nextDue) { courier.ring() }
                }
                await courier.run()
                group.cancelAll()
            }
        }
    }

    /// Serves the links of a store in files, at their own path beside the site.
    package func links(_ verify: @escaping LinkDoor.Verify) -> LinkDoor {
        LinkDoor(objects: ground.objects, clock: ground.clock, verify: verify)
    }

    private static func services(_ ground: GatewayGround, _ views: SQLRunViews, _ bells: RunBells) -> [Service] {
        let queue = QueueName.group(.runStatus, .gateway)
        let inbox = Inbox(
            bus: ground.bus, queue: queue, vault: ground.desk.vault, clock: ground.clock, log: ground.log)
        return [
            Service("reader of \(queue)") {
                await inbox.run { envelopes in
                    await bells.ring(try await views.hear(envelopes, at: ground.clock.now()))
                }
            },
            Service("bells of runs") { await bells.hearOthers() },
            Service("lost bells of runs") { await bells.mend { try await views.changed(since: $0) } },
        ]
    }
}
