// WorkerHubTests · tests · sees Contracts, WorkerHubCore
import Contracts
import Testing
import WorkerHubCore

@Suite("The dispatch queue")
struct DispatchQueueTests {
    @Test("lets the oldest in first, and no more than there is room for")
    func oldestFirst() {
        let jobs = ["job_3", "job_1", "job_2"].map(JobID.init(trusted:))
        #expect(DispatchQueue.admit(waiting: jobs, outstanding: 4, room: 6).map(\.rawValue) == ["job_1", "job_2"])
        #expect(DispatchQueue.admit(waiting: jobs, outstanding: 9, room: 6).isEmpty)
    }
}
