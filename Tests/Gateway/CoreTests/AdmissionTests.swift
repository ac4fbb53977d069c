// GatewayTests · tests · sees Contracts, GatewayCore
import Contracts
import GatewayCore
import Testing

@Suite("Admission")
struct AdmissionTests {
    private func spec(_ digit: Character, seed: UInt64 = 1) throws -> TaskSpec {
        let key = try #require(ObjectKey(hex: String(repeating: digit, count: 64)))
        let input = ArtifactMeta(
            artifactID: ArtifactID(trusted: "art_1"), type: .sourceText, key: key, sizeBytes: 1,
            createdAt: Timestamp(microseconds: 0))
        return TaskSpec(
            taskID: TaskID(trusted: "task_1"), tenantID: .local, projectID: .local, chapterID: "story",
            requestedQuality: .draft, languageContext: "en", input: input, seed: seed)
    }

    @Test("takes a new request and answers a repeated one with its run")
    func replay() throws {
        let run = RunID(trusted: "run_1")
        #expect(Admission.decide(try spec("a"), known: nil) == .accept)
        #expect(Admission.decide(try spec("a"), known: StoredRequest(spec: try spec("a"), runID: run)) == .replay(run))
    }

    @Test("refuses another request under a used key")
    func conflict() throws {
        let known = StoredRequest(spec: try spec("a"), runID: RunID(trusted: "run_1"))
        guard case .refuse(let failure) = Admission.decide(try spec("b"), known: known) else {
            return _ = Issue.record("another text was taken for the same request")
        }
        #expect(failure.errorCode == .idempotencyConflict && !failure.retryable)
        guard case .refuse = Admission.decide(try spec("a", seed: 2), known: known) else {
            return _ = Issue.record("another seed was taken for the same request")
        }
    }
}
