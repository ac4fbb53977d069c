// GatewayTests · tests · sees Contracts, GatewayCore
import Contracts
import GatewayCore
import Testing

@Suite("A deed")
struct DeedTests {
    private func deed(_ digest: String, _ operation: String = "submitTask") -> Deed {
        Deed(
            tenant: .local, key: IdempotencyKey(trusted: "ep12-cut3"), operation: operation, digest: digest)
    }

    private let done = DoneDeed(
        operation: "submitTask", digest: "a", outcome: "{}", doneAt: Timestamp(microseconds: 0))

    @Test("is new under a new key, and again what it was under a known one")
    func again() {
        #expect(deed("a").judge(by: nil) == .new)
        #expect(deed("a").judge(by: done) == .again("{}"))
    }

    @Test(
        "is refused when its key was used for something else, and says when",
        arguments: [("b", "submitTask"), ("a", "cancelRun")])
    func conflict(_ digest: String, _ operation: String) {
        guard case .refused(let failure) = deed(digest, operation).judge(by: done) else {
            return _ = Issue.record("another request was taken for the same")
        }
        #expect(failure.errorCode == .idempotencyConflict && !failure.retryable)
        #expect(failure.details?["used_at"] != nil)
    }
}
