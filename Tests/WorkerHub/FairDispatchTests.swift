// WorkerHubTests · tests · sees Contracts, WorkerHubAdapters, WorkerHubCore, WorkerHubShell
import Contracts
import Testing
import WorkerHubAdapters
import WorkerHubCore
import WorkerHubShell

@Suite("The hub between tenants")
struct FairDispatchTests {
    private func order(
        _ number: Int, _ tenant: String, priority: Int? = nil, pool: Pool = .video
    ) -> LeaseNews {
        var order = LeaseMachineTests.order()
        order.jobID = JobID(trusted: "job_\(1000 + number)")
        order.priority = priority
        order.pool = pool
        var trail = LeaseMachineTests.trail
        trail.tenantID = TenantID(trusted: tenant)
        return LeaseNews(
            eventID: EventID(trusted: "evt_\(number)"), subject: .job(order.jobID),
            fact: .ordered(order, trail: trail))
    }

    private func offered(_ hub: HubWorld, _ numbers: [Int]) async throws -> [Int] {
        var out: [Int] = []
        for number in numbers {
            let lease = try await hub.store.lease(of: JobID(trusted: "job_\(1000 + number)"))
            if case .offered = lease?.hold { out.append(number) }
        }
        return out
    }

    private func cancel(_ hub: HubWorld, _ number: Int) async throws {
        let job = JobID(trusted: "job_\(1000 + number)")
        try await hub.steward.receive([LeaseNews(eventID: nil, subject: .job(job), fact: .canceled(attempt: 1))])
    }

    @Test("gives a ticket to who came later when it had less, though hundreds wait before it")
    func sharing() async throws {
        let hub = try await HubWorld()
        try await hub.steward.receive((1...300).map { order($0, "big") })
        try await hub.steward.receive((301...303).map { order($0, "small") })
        #expect(try await offered(hub, Array(1...303)) == Array(1...6))
        for number in 1...3 { try await cancel(hub, number) }
        #expect(try await offered(hub, Array(4...303)).filter { $0 > 6 } == [301, 302, 303])
        await hub.close()
    }

    @Test("gives a ticket to the higher priority first")
    func priority() async throws {
        let hub = try await HubWorld()
        try await hub.steward.receive((1...20).map { order($0, "big") })
        try await hub.steward.receive([order(21, "big", priority: 9)])
        try await cancel(hub, 1)
        #expect(try await offered(hub, Array(2...21)) == [2, 3, 4, 5, 6, 21])
        await hub.close()
    }

    @Test("lets a tenant have no more tickets out than its cap, in each pool")
    func caps() async throws {
        let hub = try await HubWorld(caps: TenantCaps(standard: 2))
        try await hub.steward.receive((1...5).map { order($0, "big") })
        try await hub.steward.receive((6...9).map { order($0, "big", pool: .audio) })
        #expect(try await offered(hub, Array(1...9)) == [1, 2, 6, 7])
        try await cancel(hub, 1)
        #expect(try await offered(hub, Array(1...9)) == [2, 3, 6, 7])
        await hub.close()
    }

    @Test("looks after a job again that waits though there is room for it")
    func look() async throws {
        let hub = try await HubWorld()
        #expect(try await hub.steward.nextExpiry() == nil)
        try await hub.steward.receive((1...7).map { order($0, "big") })
        #expect(try await hub.steward.nextExpiry() != nil, "somebody waits")
        try await hub.steward.sweep()
        #expect(try await offered(hub, Array(1...7)) == Array(1...6))
        await hub.close()
    }
}
