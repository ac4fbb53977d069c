// WorkerHubTests · tests · sees Contracts, WorkerHubCore, WorkerHubShell, WorkerHubAdapters, Ports, Embedded, SQLiteDriver, Delivery, Telemetry, Kit
import Contracts
import Delivery
import Embedded
import Foundation
import Kit
import Ports
import SQLiteDriver
import Telemetry
import Testing
import WorkerHubAdapters
import WorkerHubCore
import WorkerHubShell

@Suite("The hub over its own database and store")
struct LeaseStewardTests {
    @Test("promotes a result that arrives in one batch with its own start")
    func startAndResultInOneBatch() async throws {
        let hub = try await HubWorld()
        let file = hub.folder + "/made"
        try Data("a shot".utf8).write(to: URL(fileURLWithPath: file))
        let claim = LeaseMachineTests.claim(1)
        let staged = try await hub.objects.stage(file, as: claim.stagingPrefix + "/0-shot_video")
        var result = LeaseMachineTests.result(claim)
        let meta = ArtifactMeta(
            artifactID: ArtifactID(trusted: "art_1"), type: .shotVideo, key: staged.key, sizeBytes: staged.sizeBytes,
            createdAt: LeaseMachineTests.start)
        result.artifacts = [StagedArtifact(stagingName: claim.stagingPrefix + "/0-shot_video", meta: meta)]
        try await hub.steward.receive([
            hub.news("evt_1", .ordered(LeaseMachineTests.order(), trail: LeaseMachineTests.trail))
        ])
        try await hub.steward.receive([hub.news("evt_2", .started(claim)), hub.news("evt_3", .reported(result))])
        #expect(try await hub.objects.contains(staged.key))
        #expect(try await hub.store.lease(of: LeaseMachineTests.job)?.hold == .settled(.succeeded))
        await hub.close()
    }

    @Test("changes nothing when the same envelopes come again")
    func redelivery() async throws {
        let hub = try await HubWorld()
        let order = hub.news("evt_1", .ordered(LeaseMachineTests.order(), trail: LeaseMachineTests.trail))
        let start = hub.news("evt_2", .started(LeaseMachineTests.claim(1)))
        try await hub.steward.receive([order])
        for _ in 0..<3 { try await hub.steward.receive([order, start, start]) }
        let lease = try await hub.store.lease(of: LeaseMachineTests.job)
        #expect(lease?.lastToken == 1)
        guard case .held(1, LeaseMachineTests.one, _) = lease?.hold else {
            Issue.record("the job is not held by its first worker")
            return await hub.close()
        }
        #expect(try await hub.steward.holders() == [LeaseMachineTests.one])
        await hub.close()
    }
}

/// A hub with real files in a folder of its own.
struct HubWorld {
    let folder: String
    let objects: any ObjectStore
    let store: SQLLeaseStore
    let steward: LeaseSteward
    private let bus: EmbeddedBus
    private let database: SQLiteDatabase

    init() async throws {
        folder = NSTemporaryDirectory() + "hub-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let clock = SystemClock()
        bus = try await EmbeddedBus.open(path: folder + "/broker.sqlite", clock: clock)
        database = try await SQLiteDatabase.open(path: folder + "/hub.sqlite", owner: "hub")
        try await database.migrate([DeliveryTables.migration(number: 0)] + LeaseQueries.migrations)
        objects = try await World(at: folder).openStore()
        let relay = Relay(database: database, bus: bus, clock: clock, log: .silent)
        let mint = Mint(clock: clock, entropy: SystemEntropy())
        let vault = PayloadVault(objects: objects, mint: mint)
        store = SQLLeaseStore(desk: Desk(database: database, relay: relay, vault: vault), mint: mint, log: .silent)
        steward = LeaseSteward(store: store, objects: objects, clock: clock, log: .silent)
    }

    func news(_ id: String, _ fact: LeaseFact) -> LeaseNews {
        LeaseNews(eventID: EventID(trusted: id), subject: .job(LeaseMachineTests.job), fact: fact)
    }

    func close() async {
        await bus.close()
        await database.close()
        try? FileManager.default.removeItem(atPath: folder)  // a temporary folder; the system clears it too
    }
}
