// GatewayTests · tests · sees Contracts, GatewayCore
import Contracts
import GatewayCore
import Testing

@Suite("A job as its clients see it")
struct JobViewTests {
    private let start = Timestamp(microseconds: 1_000_000)
    private let failure = FailureReport(.executionFailed, "it broke", owner: .workerVideo)

    private func head(_ attempt: Int) -> JobHead {
        JobHead(
            jobID: JobID(trusted: "job_1"), runID: RunID(trusted: "run_1"), jobType: .renderVideo, unit: "S0001",
            attempt: attempt)
    }

    @Test("ends between two attempts, though its end names the one that was ordered last")
    func endBetween() {
        var view = JobView(head(1), at: start)
        view.hear(.ordered(.video), of: 1, at: start)
        view.hear(.failed(failure), of: 1, at: start)
        view.hear(.retries(failure, dueAt: start + .seconds(5)), of: 2, at: start)
        #expect(view.status == .retrying && view.attempt == 2)
        view.hear(.canceled, of: 1, at: start)
        #expect(view.status == .canceled)
    }

    @Test("is not ended by the end of an attempt before the last")
    func oldEnd() {
        var view = JobView(head(1), at: start)
        view.hear(.ordered(.video), of: 2, at: start)
        view.hear(.canceled, of: 1, at: start)
        #expect(view.status == .enqueued)
    }

    @Test("shows what its worker noted last, until the next attempt")
    func note() {
        var view = JobView(head(1), at: start)
        view.hear(.beaten(NodeID(trusted: "node_1"), progress: 0.5, line: "frame 12"), of: 1, at: start)
        #expect(view.line == "frame 12")
        view.hear(.ordered(.video), of: 2, at: start)
        #expect(view.line == nil)
    }
}
