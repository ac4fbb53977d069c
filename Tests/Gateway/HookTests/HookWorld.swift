// GatewayTests · tests · sees Contracts, Delivery, Embedded, GatewayAdapters, GatewayCore, GatewayHouse, GatewayShell, Kit, Ports, PostgresDriver, SQLiteDriver, Telemetry, Wire
import Contracts
import Delivery
import Embedded
import GatewayAdapters
import GatewayCore
import GatewayHouse
import GatewayShell
import Kit
import Ports
import PostgresDriver
import SQLiteDriver
import Synchronization
import Telemetry
import Wire

/// Webhooks over a real database, with the time and the world outside in the test's hands.
struct HookWorld: Sendable {
    let clock = HandClock()
    let outside = Outside()
    let views: SQLRunViews
    let hooks: SQLWebhooks
    let desk: GatewayDesk
    private let mint = Mint(clock: SystemClock(), entropy: SystemEntropy())

    static func open(
        _ ground: GatewayWorld.Ground = .laptop, _ visit: @Sendable (HookWorld) async throws -> Void
    ) async throws {
        let world = try World()
        defer { world.clear() }
        let database: any Database =
            switch ground {
            case .laptop: try await SQLiteDatabase.open(path: world.folder + "/gateway.sqlite", owner: "gateway")
            case .servers:
                try await PostgresDatabase.open(
                    url: try await Servers.postgres(.v16).database(), owner: "gateway", log: .silent)
            }
        do {
            try await database.migrate([DeliveryTables.migration(number: 0)] + GatewayHouse.migrations)
            let relay = Relay(
                database: database, bus: try await world.openBus(), clock: world.clock, log: .silent)
            let desk = GatewayDesk(Desk(database: database, relay: relay, vault: try await world.openVault()))
            let mint = Mint(clock: world.clock, entropy: SystemEntropy())
            try await visit(
                HookWorld(
                    views: SQLRunViews(desk: desk, mint: mint), hooks: SQLWebhooks(desk: desk, mint: mint), desk: desk))
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private init(views: SQLRunViews, hooks: SQLWebhooks, desk: GatewayDesk) {
        self.desk = desk
        self.views = views
        self.hooks = hooks
    }

    func courier(_ post: (any HookPost)? = nil, log: Log = .silent) -> Courier {
        Courier(notices: hooks, post: post ?? outside, clock: clock, entropy: Still(), log: log)
    }

    func deed(_ tenant: TenantID = .local) -> Deed {
        let key: EventID = mint.name()
        return Deed(tenant: tenant, key: IdempotencyKey(trusted: key.rawValue), operation: "test", digest: "d")
    }

    func submit(_ hook: NewHook? = nil, project: ProjectID = .local) async throws -> RunID {
        let run: RunID = mint.name()
        guard let key = ObjectKey(hex: SHA256.hex(of: [1])) else { return run }
        let spec = TaskSpec(
            taskID: mint.name(), tenantID: .local, projectID: project, chapterID: "c", requestedQuality: .draft,
            languageContext: "en",
            input: ArtifactMeta(
                artifactID: mint.name(), type: .sourceText, key: key, sizeBytes: 1,
                createdAt: clock.now(), mimeType: "text/plain"), seed: 1)
        var task = NewTask(spec: spec, trail: trail(run))
        task.hook = hook
        task.hook?.hook.runID = run
        return try await views.submit(task, as: deed(), at: clock.now()).value.runID
    }

    func hook(
        _ url: String = "https://client.example/hook", _ words: [String] = [], project: ProjectID? = nil,
        tenant: TenantID = .local
    ) async throws -> Webhook {
        let new = try newHook(url, words, project: project, tenant: tenant)
        return try await hooks.open(new.hook, new.secret, as: deed(tenant), at: clock.now()).value.hook
    }

    func newHook(
        _ url: String = "https://client.example/hook", _ words: [String] = [], project: ProjectID? = nil,
        tenant: TenantID = .local
    ) throws -> NewHook {
        let wish = WebhookWish(url: url, filter: try EventFilter(words), projectID: project)
        let hook = Webhook(mint.name(), wish, of: tenant, by: "somebody", at: clock.now())
        return NewHook(hook: hook, secret: HookSecret([UInt8](repeating: 7, count: 32)))
    }

    /// Says of a run that it has come so far, once for each number.
    func progress(_ run: RunID, _ percents: [Double]) throws -> [EventEnvelope] {
        try percents.map { percent in
            EventEnvelope(
                eventID: mint.name(), type: .ainer(.runProgressUpdated), at: clock.now(), from: .orchestrator,
                trail: trail(run),
                payload: try JSON.payload(
                    RunProgressUpdated(runID: run, stage: .video, progress: percent, jobsDone: 1, jobsKnown: 2)))
        }
    }

    func hear(_ envelopes: [EventEnvelope]) async throws { _ = try await views.hear(envelopes, at: clock.now()) }

    func notices(_ hook: Webhook) async throws -> [Notice] {
        try await hooks.notices(NoticeAsk(of: hook.webhookID, limit: 200))
    }

    func now(_ hook: Webhook) async throws -> Webhook? { try await hooks.hook(hook.webhookID, of: hook.tenantID) }

    private func trail(_ run: RunID) -> Trail {
        Trail(
            tenantID: .local, projectID: .local, runID: run, traceID: TraceID(trusted: "trace"),
            correlationID: CorrelationID(trusted: "cause"), idempotencyKey: IdempotencyKey(trusted: "key"))
    }
}

/// No chance at all: waits are as long as the table says.
struct Still: Entropy {
    func bits() -> UInt64 { 0 }
}

/// Time that passes when the test says so.
final class HandClock: WallClock {
    private let time = Mutex(Timestamp(microseconds: 1_800_000_000_000_000))

    func now() -> Timestamp { time.withLock { $0 } }

    func set(_ moment: Timestamp) { time.withLock { $0 = moment } }
    func pass(_ span: Duration) { time.withLock { $0 = $0 + span } }

    func sleep(until moment: Timestamp) async throws {
        while now() < moment {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}

/// Everybody who is called: remembers each call and answers as the test wishes.
final class Outside: HookPost {
    struct Call: Sendable {
        let url: String
        let body: String
        let fields: [String: String]
        var id: String? { fields["webhook-id"] }
    }

    typealias Answering = @Sendable (_ number: Int, _ call: Call) async -> NoticeEvent

    private let heard = Mutex<[Call]>([])
    private let answering = Mutex<Answering>({ _, _ in .answered(status: 200, retryAfter: nil) })

    var calls: [Call] { heard.withLock { $0 } }

    /// `number` counts the calls from 1.
    func answer(_ answer: @escaping Answering) { answering.withLock { $0 = answer } }

    func answer(_ status: Int) { answer { _, _ in .answered(status: status, retryAfter: nil) } }

    func send(_ body: String, to url: String, _ fields: [(String, String)]) async -> NoticeEvent {
        let call = Call(url: url, body: body, fields: Dictionary(fields) { first, _ in first })
        let number = heard.withLock { calls in
            calls.append(call)
            return calls.count
        }
        return await answering.withLock { $0 }(number, call)
    }
}
