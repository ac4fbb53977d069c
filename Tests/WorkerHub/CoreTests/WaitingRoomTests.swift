// WorkerHubTests · tests · sees Contracts, Policies, WorkerHubCore
import Contracts
import Policies
import Testing
import WorkerHubCore

@Suite("Whoever asks why a job waits")
struct WaitingRoomTests {
    private static let now = LeaseMachineTests.start
    private static let tenant = LeaseMachineTests.trail.tenantID

    private func lease(_ facts: [LeaseFact] = []) -> Lease {
        let order = LeaseFact.ordered(LeaseMachineTests.order(), trail: LeaseMachineTests.trail)
        let lease = ([order] + facts).reduce(nil as Lease?) { LeaseMachine.decide($0, $1, at: Self.now).state }
        return lease ?? Lease(order: LeaseMachineTests.order(), trail: LeaseMachineTests.trail, since: Self.now)
    }

    private func node(_ standing: Standing = .working, reason: String? = nil, slots: Int = 2) -> NodeRecord {
        NodeRecord(
            NodeMachineTests.telemetry(slots: slots), standing: standing, reason: reason, since: Self.now,
            until: standing == .quarantined ? Self.now : nil, seenAt: Self.now)
    }

    private func reason(
        _ scene: PoolScene, _ lease: Lease? = nil, ahead: Int = 0, at now: Timestamp = now
    ) -> WaitingReason? {
        WaitingRoom.reason(for: lease ?? self.lease(), in: scene, ahead: ahead, at: now)
    }

    @Test("is told that no node works for its pool")
    func noNode() {
        #expect(reason(PoolScene(pool: .video, nodes: []))?.code == .noNode)
        #expect(reason(PoolScene(pool: .audio, nodes: [node()]))?.code == .noNode)
    }

    @Test("is told of each node that gets no work, and why")
    func noneReady() {
        let scene = PoolScene(pool: .video, nodes: [node(.cordoned, reason: "disk")])
        let answer = reason(scene)
        #expect(answer?.code == .noneReady)
        #expect(answer?.message == "no node of pool video gets work: node_1 is cordoned (disk)")
        #expect(answer?.since == Self.now)
        let late = Self.now + .seconds(100)
        #expect(reason(PoolScene(pool: .video, nodes: [node()]), at: late)?.message.hasSuffix("is silent") == true)
    }

    @Test("is told that nobody knows how to do it")
    func noneCapable() {
        var strange = node()
        strange.telemetry.pools[0].jobTypes = [.synthAudio]
        #expect(reason(PoolScene(pool: .video, nodes: [strange]))?.code == .noneCapable)
        strange.telemetry.pools[0].jobTypes = []
        #expect(reason(PoolScene(pool: .video, nodes: [strange]))?.code == .nextInTurn)
    }

    @Test("is told of its tenant's cap before its place in the row")
    func cap() {
        let scene = PoolScene(
            pool: .video, nodes: [node()], out: [Self.tenant: 2], caps: TenantCaps(standard: 2), held: 2)
        #expect(reason(scene, ahead: 7)?.message == "tenant local has 2 tickets out, and may have 2")
    }

    @Test("is told how many go first, and since when every slot has work")
    func busy() {
        let since = Timestamp(microseconds: 5)
        let scene = PoolScene(pool: .video, nodes: [node()], out: [Self.tenant: 2], held: 2, lastStart: since)
        let behind = reason(scene, ahead: 7)
        #expect(behind?.code == .behindOthers && behind?.ahead == 7 && behind?.since == since)
        let next = reason(scene)
        #expect(next?.code == .allBusy && next?.since == since)
        #expect(next?.message == "every one of the 2 slots of pool video has work; its turn is next")
    }

    @Test("is told that its ticket is out; and nothing when it is worked on")
    func ticket() {
        let scene = PoolScene(pool: .video, nodes: [node()], held: 1)
        #expect(reason(scene, lease([.admitted]))?.code == .ticketOut)
        #expect(reason(scene, lease([.admitted, .started(LeaseMachineTests.claim(1))])) == nil)
        #expect(reason(PoolScene(pool: .video, nodes: []), lease([.admitted]))?.code == .noNode)
    }
}
