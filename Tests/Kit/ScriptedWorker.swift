// Kit · tests · sees Contracts, Embedded, Ports, Wire, WorkerKitShell
package import Contracts
import Embedded
import Foundation
package import Ports
import Synchronization
import Wire
package import WorkerKitShell

/// The engine of an honest worker that does what its script says: one act a job, and the last one for all that follow.
package final class ScriptedWorker: Engine {
    package enum Act: Sendable {
        /// Makes one file with these words in it.
        case succeeds(String)
        case fails(FailureReport)
        /// Never ends by itself.
        case hangs
    }

    package let pool: Pool
    private let acts: Mutex<[Act]>

    package init(_ pool: Pool, _ first: Act, _ others: Act...) {
        self.pool = pool
        acts = Mutex([first] + others)
    }

    package func perform(_ order: JobOrder, at bench: Workbench) async throws -> Produce {
        let act = acts.withLock { acts in acts.count > 1 ? acts.removeFirst() : acts[0] }
        switch act {
        case .succeeds(let words):
            let file = bench.folder + "/made"
            try Data(words.utf8).write(to: URL(fileURLWithPath: file))
            return Produce(products: [Product(file: file, type: .shotVideo, unit: order.unit, mimeType: "text/plain")])
        case .fails(let failure):
            throw failure
        case .hangs:
            for await _ in AsyncStream<Never>.makeStream().stream {}
            throw CancellationError()
        }
    }
}

/// A worker process that dies or lies: it takes a ticket as any other, and speaks of it with its own voice.
package struct CrookedWorker: Sendable {
    package enum Act: Sendable {
        /// Begins, and is never heard of again.
        case crashes
        /// Does its work, and says so twice.
        case repeatsItself
        /// Shows the token of somebody who had the job before.
        case showsOldToken
        /// Announces other bytes than it left.
        case liesAboutBytes
        /// Announces what another attempt left.
        case takesForeignFiles(prefix: String)
        /// Reports a job that it never had.
        case speaksFor(JobID)
    }

    package let node: NodeID
    private let pool: Pool
    private let bus: any MessageBus
    private let bench: any ObjectStore
    private let clock: any WallClock
    private let mint: Mint

    package init(_ node: NodeID, in pool: Pool, bus: any MessageBus, bench: any ObjectStore, clock: any WallClock) {
        self.node = node
        self.pool = pool
        self.bus = bus
        self.bench = bench
        self.clock = clock
        mint = Mint(clock: clock, entropy: SystemEntropy())
    }

    /// Takes the next ticket, begins its job and does this to it. Answers what it claims.
    @discardableResult package func play(_ act: Act) async throws -> LeaseClaim {
        let (ticket, voice) = try await take()
        let order = ticket.order
        let claim = LeaseClaim(
            jobID: order.jobID, attempt: order.attempt, leaseToken: ticket.leaseToken, nodeID: node)
        try await voice.started(claim, order)
        var result = try await made(claim, "made by \(node)")
        switch act {
        case .crashes:
            return claim
        case .repeatsItself:
            try await voice.ended(result, order)
        case .showsOldToken:
            result.claim.leaseToken -= 1
        case .liesAboutBytes:
            result.artifacts = result.artifacts.map { Self.lying(about: $0) }
        case .takesForeignFiles(let prefix):
            result.artifacts = result.artifacts.map {
                StagedArtifact(stagingName: prefix + "/0-shot_video", meta: $0.meta)
            }
        case .speaksFor(let job):
            result.claim.jobID = job
        }
        try await voice.ended(result, order)
        return claim
    }

    /// Tells of good work done under an old claim.
    package func reports(_ claim: LeaseClaim, of order: JobOrder, trail: Trail) async throws {
        let voice = WorkerVoice(bus: bus, mint: mint, clock: clock, pool: pool, trail: trail)
        try await voice.ended(try await made(claim, "made late by \(node)"), order)
    }

    private func take() async throws -> (JobTicket, WorkerVoice) {
        while true {
            for delivery in try await bus.take(from: .tickets(pool), upTo: 1) {
                try await bus.settle([Verdict(delivery, .done)])
                guard let envelope = try EnvelopeReader.read(delivery.letter.body) else { continue }
                let voice = WorkerVoice(bus: bus, mint: mint, clock: clock, pool: pool, trail: envelope.trail)
                return (try JSON.typed(JobTicket.self, envelope.payload), voice)
            }
        }
    }

    private func made(_ claim: LeaseClaim, _ words: String) async throws -> WorkerResult {
        let folder = try await bench.workFolder(for: claim.stagingPrefix)
        try Data(words.utf8).write(to: URL(fileURLWithPath: folder + "/made"))
        let name = claim.stagingPrefix + "/0-shot_video"
        let file = try await bench.stage(folder + "/made", as: name)
        let meta = ArtifactMeta(
            artifactID: mint.name(), type: .shotVideo, key: file.key, sizeBytes: file.sizeBytes, createdAt: clock.now())
        return WorkerResult(
            claim: claim, startedAt: clock.now(), finishedAt: clock.now(),
            artifacts: [StagedArtifact(stagingName: name, meta: meta)], emits: [], output: JobOutput())
    }

    private static func lying(about artifact: StagedArtifact) -> StagedArtifact {
        let hex = SHA256.hex(of: Array("other bytes".utf8))
        var meta = artifact.meta
        meta.uri = "object:sha256/\(hex.prefix(2))/\(hex)"
        meta.checksum = "sha256:" + hex
        return StagedArtifact(stagingName: artifact.stagingName, meta: meta)
    }
}
