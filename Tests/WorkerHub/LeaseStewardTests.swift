// WorkerHubTests · tests · sees Contracts, Delivery, Embedded, Ports, Wire, WorkerHubAdapters, WorkerHubCore, WorkerHubShell
import Contracts
import Delivery
import Embedded
import Foundation
import Ports
import Testing
import Wire
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

    @Test("leaves a result alone that overtook its start, and takes it when it comes again behind it")
    func overtaken() async throws {
        let hub = try await HubWorld()
        let claim = LeaseMachineTests.claim(1)
        try await hub.steward.receive([
            hub.news("evt_1", .ordered(LeaseMachineTests.order(), trail: LeaseMachineTests.trail))
        ])
        let report = hub.news("evt_3", .reported(LeaseMachineTests.result(claim)))
        await #expect(throws: NotYet.self) { try await hub.steward.receive([report]) }
        #expect(try await hub.store.lease(of: LeaseMachineTests.job)?.hold == .offered(token: 1))
        // Another hub takes the start in while this one looks.
        async let taken: Void = hub.steward.receive([report])
        try await hub.steward.receive([hub.news("evt_2", .renewed(claim)), hub.news("evt_2a", .started(claim))])
        try await taken
        #expect(try await hub.store.lease(of: LeaseMachineTests.job)?.hold == .settled(.succeeded))
        #expect(try await hub.said().contains { $0.eventType == .ainer(.leaseRefused) } == false)
        await hub.close()
    }

    @Test("an end that overtook its order is heard behind it, and nobody works on the job")
    func endBeforeOrder() async throws {
        let hub = try await HubWorld()
        let order = hub.news("evt_1", .ordered(LeaseMachineTests.order(), trail: LeaseMachineTests.trail))
        let end = hub.news("evt_2", .canceled(attempt: 1))
        await #expect(throws: NotYet.self) { try await hub.steward.receive([end]) }
        // In one batch the order is heard first, wherever it stands.
        try await hub.steward.receive([end, order])
        #expect(try await hub.store.lease(of: LeaseMachineTests.job)?.hold == .canceled)
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

    @Test("ends the lease of a canceled job, tells its node, and promotes nothing of what comes late")
    func canceled() async throws {
        let hub = try await HubWorld()
        let node = QueueName.node(LeaseMachineTests.one)
        try await hub.bus.declare(Topology.built.joined(with: Topology([node: []])))
        let relay = Task { try? await hub.relay.run() }  // it ends by being cancelled
        let claim = LeaseMachineTests.claim(1)
        try await hub.steward.receive([
            hub.news("evt_1", .ordered(LeaseMachineTests.order(), trail: LeaseMachineTests.trail))
        ])
        try await hub.steward.receive([hub.news("evt_2", .started(claim)), hub.news("evt_3", .canceled(attempt: 1))])
        #expect(try await hub.store.lease(of: LeaseMachineTests.job)?.hold == .canceled)
        #expect(try await hub.steward.nextExpiry() == nil)
        let orders = try await hub.bus.subscribe(to: node, prefetch: 1)
        let order = try #require(try await orders.next()?.first)
        #expect(try EnvelopeReader.read(order.letter.body)?.eventType == .ainer(.leaseCanceled))
        try await hub.steward.receive([hub.news("evt_4", .reported(LeaseMachineTests.result(claim)))])
        #expect(try await hub.store.lease(of: LeaseMachineTests.job)?.hold == .canceled)
        await orders.end()
        relay.cancel()
        await relay.value
        await hub.close()
    }

    @Test("keeps every lease of a data folder that knew no turns, and whose it is")
    func before() async throws {
        let hub = try await HubWorld(knowing: 2)
        let before = Timestamp(microseconds: 42)
        try await hub.insertOld(LeaseMachineTests.order(), LeaseMachineTests.trail, at: before)
        try await hub.migrate()
        let lease = try #require(try await hub.store.lease(of: LeaseMachineTests.job))
        #expect(lease.order == LeaseMachineTests.order() && lease.hold == .waiting && lease.since == before)
        try await hub.steward.sweep()
        #expect(try await hub.store.lease(of: LeaseMachineTests.job)?.hold == .offered(token: 1))
        await hub.close()
    }
}
