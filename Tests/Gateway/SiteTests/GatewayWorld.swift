// GatewayTests · tests · sees Contracts, CryptoDriver, Delivery, Embedded, FileDriver, GatewayCore, GatewayHouse, GatewayShell, HTTP, HTTPClientDriver, HTTPServerDriver, Kit, Ports, PostgresDriver, RabbitDriver, RedisDriver, ServiceHost, SQLiteDriver, Telemetry, Web, Wire
import Contracts
import CryptoDriver
import Delivery
import Embedded
import FileDriver
import GatewayCore
import GatewayHouse
import GatewayShell
import HTTP
import HTTPClientDriver
import HTTPServerDriver
import Kit
import Ports
import PostgresDriver
import RabbitDriver
import RedisDriver
import SQLiteDriver
import ServiceHost
import Synchronization
import Telemetry
import Testing
import Web
import Wire

/// A gateway on a real port, over a laptop's files or over servers. The test is everybody else.
struct GatewayWorld: Sendable {
    enum Ground: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case laptop
        case servers

        var testDescription: String { rawValue }
    }

    /// What is allowed to everybody.
    struct Rules: Sendable {
        var requests = Allowance(1_000_000, every: .seconds(1), burst: 1_000_000)
        var allowsPrivateHooks = true
    }

    static let keys: [String: Caller] = [
        "key-owner": caller("user_local", .local, "owner", all),
        "key-viewer": caller("user_viewer", .local, "viewer", ["projects:read", "runs:read", "artifacts:read"]),
        "key-nobody": caller("user_nobody", .local, "viewer", []),
        "key-stranger": caller("user_stranger", TenantID(trusted: "t_other"), "owner", all),
    ]
    static let all: Set<String> = [
        "projects:read", "projects:edit", "projects:write", "runs:read", "runs:write", "artifacts:read",
        "reviews:write", "webhooks:read", "webhooks:write", "people:read", "people:write", "audit:read", "ops:read",
        "ops:write", "tenant:own",
    ]

    let place: String
    let client: HTTPClient
    let bus: any MessageBus
    let database: any Database
    let house: GatewayHouse
    let site: Site
    let objects: any ObjectStore
    /// What the orchestrator and the hub would answer.
    let knowing: Knowing
    let desk: Desk
    let mint = Mint(clock: SystemClock(), entropy: SystemEntropy())

    private static func caller(_ name: String, _ tenant: TenantID, _ role: String, _ scopes: Set<String>) -> Caller {
        Caller(subject: name, tenant: tenant, role: role, scopes: scopes)
    }

    static func open(
        _ ground: Ground = .laptop, at clock: any WallClock = SystemClock(), registering isOpen: Bool = false,
        under rules: Rules = Rules(),
        _ visit: @Sendable @escaping (GatewayWorld) async throws -> Void
    ) async throws {
        let world = try World()
        defer { world.clear() }
        let doors = try await Doors.open(ground, world)
        try await doors.database.migrate([DeliveryTables.migration(number: 0)] + GatewayHouse.migrations)
        try await doors.bus.declare(.built)
        let relay = Relay(database: doors.database, bus: doors.bus, clock: world.clock, log: .silent)
        // Cheap: what the real costs cost is tested with the keeper itself.
        let keeper = Passwords(costs: ScryptCosts(logN: 4, r: 8, p: 1), entropy: SystemEntropy())
        var people = PeopleGround(
            keeper: keeper, secrets: [Array("a secret of thirty-two letters!!".utf8)], isRegistrationOpen: isOpen)
        people.isSecure = true
        let desk = Desk(database: doors.database, relay: relay, vault: try await world.openVault())
        let (links, knowing) = (try Self.links(), Knowing())
        let objects = try await FolderStore.open(folder: world.folder, links: links)
        var floor = GatewayGround(
            desk: desk, bus: doors.bus, objects: objects, coordination: doors.coordination,
            clock: clock, entropy: SystemEntropy(), log: .silent, people: people)
        floor.requests = rules.requests
        floor.allowsPrivateHooks = rules.allowsPrivateHooks
        let house = GatewayHouse(on: floor, doorkeeper: Keys(), operations: Operations(runs: knowing, farm: knowing))
        let site = try house.site(version: "test")
        let front = Front(
            site: site, links: house.links { try links.verify(method: $0, target: $1, now: $2) })
        let server = try HTTPServer.open(HTTPServerOptions(), responder: front, log: .silent)
        let gateway = GatewayWorld(
            place: "http://127.0.0.1:\(server.port)", client: try HTTPClient(), bus: doors.bus,
            database: doors.database, house: house, site: site, objects: objects, knowing: knowing,
            desk: desk)
        do {
            try await gateway.living(with: relay) { try await visit(gateway) }
        } catch {
            await close(server, doors)
            await keeper.close()
            throw error
        }
        await close(server, doors)
        await keeper.close()
    }

    private func living(
        with relay: Relay, _ visit: @Sendable @escaping () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let relay = Service("relay") { try await relay.run() }
            group.addTask { try await ServiceGroup.run(house.services + [relay]) }
            defer { group.cancelAll() }
            try await visit()
        }
    }

    private static func close(_ server: HTTPServer, _ doors: Doors) async {
        await server.close()
        await doors.bus.close()
        await doors.coordination.close()
        await doors.database.close()
    }

    // MARK: asking

    /// What was answered.
    struct Said: Sendable {
        let status: Int
        let fields: HTTPFields
        let body: JSONValue
    }

    func ask(
        _ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil, as token: String? = "key-owner",
        with fields: HTTPFields = [:]
    ) async throws -> Said {
        var fields = fields
        fields["Authorization"] = token.map { "Bearer \($0)" }
        if body != nil, fields["Content-Type"] == nil { fields["Content-Type"] = "application/json" }
        let call = HTTPCall(method, place + path, fields, body: body.map { .bytes(JSON.text(of: $0)) } ?? .none)
        return try await said(call)
    }

    func said(_ call: HTTPCall) async throws -> Said {
        var call = call
        // What is answered first is what is looked at.
        call.retries = RetryRule(tries: 1)
        let (answer, bytes) = try await client.fetch(call)
        let said = bytes.isEmpty ? JSONValue.null : try JSON.value(of: bytes)
        return Said(status: answer.status.code, fields: answer.fields, body: said)
    }

    func document() async throws -> [UInt8] { try await client.fetch(HTTPCall(.get, place + "/openapi.json")).body }

    static func story(_ text: String = "A keeper climbed the stairs.") -> JSONValue {
        .object([
            "chapter_id": .string("lighthouse"), "requested_quality": .string("draft"),
            "story": .object(["text": .string(text)]),
        ])
    }

    func submit(_ wish: JSONValue = story(), key: String = "k1", as token: String = "key-owner") async throws -> RunID {
        let said = try await ask(.post, "/api/v1/tasks", wish, as: token, with: ["Idempotency-Key": key])
        guard said.status == 202, let id = said.body["run_id"]?.text.flatMap(RunID.init(rawValue:)) else {
            throw Refused(said: said)
        }
        return id
    }

    struct Refused: Error {
        let said: Said
    }

    /// What the gateway has noted of a run, and what it makes of being told again.
    func noted(_ run: RunID) async throws -> [HeardEvent] {
        try await house.views.events(of: run, after: 0, limit: 1000)
    }

    func hear(_ envelopes: [EventEnvelope]) async throws {
        _ = try await house.views.hear(envelopes, at: SystemClock().now())
    }

    func becomes(_ run: RunID, _ status: String) async throws -> Bool {
        try await eventually {
            let shown = try await ask(.get, "/api/v1/runs/\(run)")
            return shown.body["status"]?.text == status
        }
    }

    // MARK: being the orchestrator

    /// Says something about a run, as whoever's business it is.
    func say(_ type: AinerEvent, _ payload: some Encodable, about run: RunID, _ job: JobID? = nil) async throws {
        let entry = try #require(Registry.standard[.ainer(type)])
        let trail = Trail(
            tenantID: .local, projectID: .local, runID: run, traceID: TraceID(trusted: "trace"),
            correlationID: CorrelationID(trusted: "cause"), idempotencyKey: IdempotencyKey(trusted: "key"))
        var envelope = EventEnvelope(
            eventID: mint.name(), type: .ainer(type), at: SystemClock().now(), from: entry.producers[0], trail: trail,
            jobID: job, payload: try JSON.payload(payload))
        if let failed = payload as? RunFailed { envelope.failure = FailureMark(failed.failure) }
        try await bus.publish([
            Letter(
                id: envelope.eventID, to: .topic(entry.topic), headers: ["event_type": envelope.eventType.name],
                body: try EnvelopeGate.write(envelope))
        ])
    }

    /// What arrives for the orchestrator until there is nothing more for a moment.
    func submissions(_ count: Int) async throws -> [EventEnvelope] {
        let arrivals = try await bus.subscribe(to: .group(.taskSubmitted, .orchestrator), prefetch: 100)
        var heard: [EventEnvelope] = []
        while heard.count < count, let batch = try await arrivals.next() {
            for delivery in batch { heard += [try EnvelopeReader.read(delivery.letter.body)].compactMap { $0 } }
            try await bus.settle(batch.map { Verdict($0, .done) })
        }
        await arrivals.end()
        return heard
    }
}

/// The site, and the links to files beside it.
private struct Front: Responder {
    let site: Site
    let links: any Responder

    func admit(_ head: RequestHead) -> Admission {
        head.target.hasPrefix(FileLinks.path) ? links.admit(head) : site.admit(head)
    }
}

/// What a gateway stands on, open.
private struct Doors {
    let database: any Database
    let bus: any MessageBus
    let coordination: any Coordination

    static func open(_ ground: GatewayWorld.Ground, _ world: World) async throws -> Doors {
        switch ground {
        case .laptop:
            return Doors(
                database: try await SQLiteDatabase.open(path: world.folder + "/gateway.sqlite", owner: "gateway"),
                bus: try await world.openBus(), coordination: LocalCoordination())
        case .servers:
            let (postgres, rabbit, redis) = (
                try await Servers.postgres(.v16).database(), try await Servers.rabbit().vhostURL(),
                try await Servers.redis().url
            )
            let options = RabbitBus.Options(name: "gateway", entropy: SystemEntropy(), log: .silent)
            return Doors(
                database: try await PostgresDatabase.open(url: postgres, owner: "gateway", log: .silent),
                bus: try await RabbitBus.open(rabbit, options),
                coordination: try await RedisCoordination.open(
                    redis,
                    .init(
                        namespace: "gateway-\(SystemEntropy().bits())", name: "gateway", entropy: SystemEntropy(),
                        log: .silent)))
        }
    }
}

/// Tokens of the test's people.
private struct Keys: Doorkeeper {
    func caller(bearing token: String) async throws -> Caller? { GatewayWorld.keys[token] }
}

/// The orchestrator and the hub, as far as a test wants them to know anything.
final class Knowing: RunOperations, FarmOperations {
    struct Known {
        var graphs: [RunID: RunGraph] = [:]
        var diagnoses: [RunID: Diagnosis] = [:]
        var nodes: [NodeView] = []
        var pools: [PoolView] = []
        var dead: [DeadLetter] = []
        var wishes: [NodeWish] = []
        var decisions: [DeadWish] = []
        var rebuilds: [RebuildWish] = []
        var isSilent = false
    }

    private let known = Mutex(Known())

    func know(_ change: (inout sending Known) -> Void) { known.withLock { change(&$0) } }
    var all: Known { known.withLock { $0 } }

    private func ask() throws -> Known {
        let known = all
        guard !known.isSilent else {
            throw FailureReport(.dependencyDown, "nobody answers", owner: .orchestrator)
        }
        return known
    }

    func graph(of run: RunID) async throws -> RunGraph? { try ask().graphs[run] }
    func why(_ run: RunID) async throws -> Diagnosis? { try ask().diagnoses[run] }
    func nodes() async throws -> [NodeView] { try ask().nodes }
    func pools() async throws -> [PoolView] { try ask().pools }
    func why(jobs: [JobID]) async throws -> [JobWhy] { [] }

    func deadLetters(_ filter: DeadFilter, limit: Int) async throws -> DeadPage {
        let items = try ask().dead.filter { filter.state == nil || $0.state == filter.state }
        return DeadPage(items: items, freezes: [], asOf: Timestamp(microseconds: 1))
    }

    func deadLetters(of event: EventID) async throws -> [DeadLetter] { try ask().dead.filter { $0.eventID == event } }

    func decide(_ wish: DeadWish) async throws -> DeadDecision {
        let items = try ask().dead
        if !wish.isPlan { know { $0.decisions.append(wish) } }
        return DeadDecision(isPlan: wish.isPlan, count: items.count, items: items)
    }

    func rebuild(_ wish: RebuildWish) async throws -> Rebuild {
        _ = try ask()
        know { $0.rebuilds.append(wish) }
        return Rebuild(wish, letters: 1, tickets: 1)
    }

    func wish(_ wish: NodeWish, of node: NodeID) async throws -> Bool {
        guard try ask().nodes.contains(where: { $0.nodeID == node }) else { return false }
        know { $0.wishes.append(wish) }
        return true
    }
}

extension JSONValue {
    subscript(name: String) -> JSONValue? { if case .object(let members) = self { members[name] } else { nil } }
    subscript(index: Int) -> JSONValue? {
        if case .array(let items) = self, items.indices.contains(index) { items[index] } else { nil }
    }
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
}
