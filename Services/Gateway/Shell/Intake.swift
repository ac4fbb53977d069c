// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
import GatewayCore
package import Ports

/// What a client hands in.
package struct Submission: Sendable {
    package var text: [UInt8]
    package var name: String
    package var quality: Quality
    package var seed: UInt64
    package var idempotencyKey: IdempotencyKey

    package init(text: [UInt8], name: String, quality: Quality, seed: UInt64, idempotencyKey: IdempotencyKey) {
        self.text = text
        self.name = name
        self.quality = quality
        self.seed = seed
        self.idempotencyKey = idempotencyKey
    }
}

/// Takes requests in: the text into the store, the request and `task.submitted` into the database.
package struct Intake: Sendable {
    private let requests: any RequestStore
    private let objects: any ObjectStore
    private let clock: any WallClock
    private let entropy: any Entropy

    package init(
        requests: any RequestStore, objects: any ObjectStore, clock: any WallClock, entropy: any Entropy
    ) {
        self.requests = requests
        self.objects = objects
        self.clock = clock
        self.entropy = entropy
    }

    /// Answers the run of this request: a new one, or the one it already had.
    package func submit(_ submission: Submission) async throws -> RunID {
        let mint = Mint(clock: clock, entropy: entropy)
        let stored = try await objects.put(submission.text)
        let input = ArtifactMeta(
            artifactID: mint.name(), type: .sourceText, key: stored.key, sizeBytes: stored.sizeBytes,
            createdAt: clock.now(), mimeType: "text/markdown")
        let spec = TaskSpec(
            taskID: mint.name(), tenantID: .local, projectID: .local, chapterID: submission.name,
            requestedQuality: submission.quality, languageContext: "und", input: input, seed: submission.seed)
        let runID: RunID = mint.name()
        let trail = Trail(
            tenantID: .local, projectID: .local, runID: runID, traceID: traceID(),
            correlationID: CorrelationID(trusted: spec.taskID.rawValue), idempotencyKey: submission.idempotencyKey)
        let admission = try await requests.submit(spec, trail: trail, at: clock.now()) { known in
            Admission.decide(spec, known: known)
        }
        switch admission {
        case .accept: return runID
        case .replay(let earlier): return earlier
        case .refuse(let failure): throw failure
        }
    }

    package func run(under key: IdempotencyKey) async throws -> RunID? {
        try await requests.request(under: key)?.runID
    }

    /// 32 hex digits, as W3C trace context has them.
    private func traceID() -> TraceID {
        let digits = [entropy.bits(), entropy.bits()].map { bits in
            let hex = String(bits, radix: 16)
            return String(repeating: "0", count: 16 - hex.count) + hex
        }
        return TraceID(trusted: digits.joined())
    }
}
