// SharedTests · tests · sees Contracts, Ports, Wire, Delivery, Telemetry, Embedded, Kit
import Contracts
import Delivery
import Embedded
import Foundation
import Kit
import Ports
import Telemetry
import Testing
import Wire

@Suite("A payload that is too big to carry")
struct PayloadVaultTests {
    private static let trail = Trail(
        tenantID: .local, projectID: .local, runID: RunID(trusted: "run_1"), traceID: TraceID(trusted: "t"),
        correlationID: CorrelationID(trusted: "c"), idempotencyKey: IdempotencyKey(trusted: "k"))

    /// The order to cut a film of so many shots.
    private static func order(shots: Int) throws -> EventEnvelope {
        let inputs = (0..<shots).map { number in
            ArtifactMeta(
                artifactID: ArtifactID(trusted: "art_\(number)"), type: .shotVideo,
                uri: "object:sha256/ab/" + String(repeating: "ab", count: 32),
                checksum: "sha256:" + String(repeating: "ab", count: 32), sizeBytes: 1,
                createdAt: Timestamp(microseconds: 1))
        }
        let order = JobOrder(
            jobID: JobID(trusted: "job_1"), runID: RunID(trusted: "run_1"), jobType: .composeFinal, pool: .compose,
            attempt: 1, unit: nil, inputs: inputs, quality: .draft, seed: 1, timeoutMS: 1000)
        return EventEnvelope(
            eventID: EventID(trusted: "evt_1"), type: .ainer(.jobCreated), at: Timestamp(microseconds: 1),
            from: .orchestrator, trail: trail, jobID: order.jobID, payload: try JSON.payload(order))
    }

    @Test("is stored and carried by reference, and comes back whole: a film of 2000 shots can be cut")
    func folds() async throws {
        let world = try World()
        defer { world.clear() }
        let vault = try await world.openVault()
        let envelope = try Self.order(shots: 2000)
        #expect(envelope.payload.bytes.count > Payload.mostBytes)
        #expect(throws: EnvelopeRefusal.self) { try EnvelopeGate.write(envelope) }
        let folded = try await vault.fold(envelope)
        #expect(folded.payload.bytes.count < 8192)
        let reference = try #require(try PayloadReference(in: folded.payload))
        #expect(reference.count == 2000)
        #expect(reference.ids.count == 200)
        #expect(reference.ids.first == "art_0")
        let read = try #require(try EnvelopeReader.read(EnvelopeGate.write(folded)))
        #expect(try await vault.unfold(read) == envelope)
    }

    @Test("is not made of one that is small, and a small one is left alone")
    func small() async throws {
        let world = try World()
        defer { world.clear() }
        let vault = try await world.openVault()
        let envelope = try Self.order(shots: 10)
        #expect(try await vault.fold(envelope) == envelope)
        #expect(try await vault.unfold(envelope) == envelope)
    }

    @Test("is refused when other bytes lie where the reference leads")
    func tampered() async throws {
        let world = try World()
        defer { world.clear() }
        let folded = try await world.openVault().fold(try Self.order(shots: 500))
        let reference = try #require(try PayloadReference(in: folded.payload))
        #expect(throws: EnvelopeRefusal.self) { try reference.payload(from: Array("{}".utf8)) }
    }

    @Test("is checked before it is stored")
    func checked() async throws {
        let world = try World()
        defer { world.clear() }
        var envelope = try Self.order(shots: 500)
        envelope.producer = .gateway
        let vault = try await world.openVault()
        await #expect(throws: EnvelopeRefusal.self) { try await vault.fold(envelope) }
    }

    @Test("that cannot be fetched holds up nobody else in the batch, and is tried again")
    func missing() async throws {
        let world = try World()
        defer { world.clear() }
        let (bus, vault) = (try await world.openBus(), try await world.openVault())
        let queue = QueueName("ainer.job.dispatch.worker-hub")
        try await bus.declare(Topology([queue: []]))
        let lost = try await vault.fold(try Self.order(shots: 500))
        let reference = try #require(try PayloadReference(in: lost.payload)?.ref.key)
        try FileManager.default.removeItem(atPath: "\(world.folder)/objects/\(reference.path)")
        var good = try Self.order(shots: 1)
        good.eventID = EventID(trusted: "evt_2")
        try await bus.publish(
            try [lost, good].map { Letter(id: $0.eventID, to: .queue(queue), body: try EnvelopeGate.write($0)) })
        let (handled, note) = AsyncStream<EventID>.makeStream()
        let reader = Task {
            await Inbox(bus: bus, queue: queue, vault: vault, clock: world.clock, log: .silent).run { batch in
                for envelope in batch { note.yield(envelope.eventID) }
            }
        }
        for await id in handled {
            #expect(id == good.eventID)
            break
        }
        reader.cancel()
        await reader.value
        #expect(try await bus.depth(of: .dead) == 0, "the store may come back")
        await bus.close()
    }
}
