// WorkerHubTests · tests · sees Contracts, Policies, WorkerHubCore
import Contracts
import Policies
import Testing
import WorkerHubCore

@Suite("A node at the hub")
struct NodeMachineTests {
    static let start = Timestamp(microseconds: 1_000_000)
    static let one = NodeID(trusted: "node_1")

    static func telemetry(
        _ duty: NodeDuty = .work, _ node: NodeID = one, slots: Int = 2, isLast: Bool? = nil
    ) -> NodeTelemetry {
        var telemetry = NodeTelemetry(
            nodeID: node, version: "1", startedAt: start, duty: duty,
            pools: [NodePool(pool: .video, slots: slots, jobTypes: [.renderVideo])])
        telemetry.isLast = isLast
        return telemetry
    }

    private func play(_ facts: [NodeFact], at now: Timestamp = start) -> (NodeRecord?, [NodeEffect]) {
        facts.reduce((nil, [])) { sofar, fact in
            let step = NodeMachine.decide(sofar.0, fact, at: now)
            return (step.state, sofar.1 + step.effects)
        }
    }

    private func told(_ duty: NodeDuty, _ reason: String? = nil) -> NodeEffect {
        .tell(NodeOrder(nodeID: Self.one, duty: duty, reason: reason))
    }

    @Test("is ready when it says that it is there, and silent after three heartbeats without a word")
    func silence() {
        let (record, effects) = play([.told(Self.telemetry())])
        #expect(effects.isEmpty)
        #expect(record?.status(at: Self.start + .seconds(45)) == .ready)
        #expect(record?.status(at: Self.start + .seconds(46)) == .silent)
        #expect(record?.slots(in: .video, at: Self.start) == 2)
        #expect(record?.slots(in: .video, at: Self.start + .seconds(46)) == 0)
        #expect(record?.slots(in: .audio, at: Self.start) == 0)
    }

    @Test("that is cordoned is told to rest, and to work when that is over")
    func cordon() {
        let (record, effects) = play([.told(Self.telemetry()), .cordoned(reason: "disk"), .released])
        #expect(record?.standing == .working)
        #expect(effects == [told(.rest, "disk"), told(.work)])
        let cordoned = play([.told(Self.telemetry()), .cordoned(reason: "disk")]).0
        #expect(cordoned?.status(at: Self.start) == .cordoned)
        #expect(cordoned?.slots(in: .video, at: Self.start) == 0)
    }

    @Test("that does something else than it was told is told again, whether it speaks or begins a job")
    func toldAgain() {
        let drained: [NodeFact] = [.told(Self.telemetry()), .drained(reason: "update")]
        #expect(play(drained + [.told(Self.telemetry())]).1.count == 2)
        #expect(play(drained + [.told(Self.telemetry(.leave))]).1 == [told(.leave, "update")])
        #expect(play(drained + [.turnedAway]).1 == [told(.leave, "update"), told(.leave, "update")])
        #expect(play([.told(Self.telemetry(.rest))]).1 == [told(.work)], "a hub that forgot it wants it at work")
    }

    @Test("that stands out rests for a while and comes back by itself, or by hand")
    func quarantine() {
        let facts: [NodeFact] = [.told(Self.telemetry()), .stoodOut(reason: "fails")]
        let (record, effects) = play(facts)
        let end = Self.start + NodeMachine.pause
        let order = NodeOrder(nodeID: Self.one, duty: .rest, reason: "fails")
        #expect(effects == [.tell(order), .quarantined(order, until: end)])
        #expect(record?.status(at: Self.start) == .quarantined)
        #expect(NodeMachine.decide(record, .looked, at: Self.start).state == record)
        let back = NodeMachine.decide(record, .looked, at: end)
        #expect(back.state?.standing == .working && back.state?.until == nil)
        #expect(back.effects == [told(.work)])
        #expect(play(facts + [.released]).0?.standing == .working)
    }

    @Test("that an operator cordoned is not quarantined: what the operator wants stays")
    func operatorFirst() {
        let facts: [NodeFact] = [.told(Self.telemetry()), .cordoned(reason: "disk"), .stoodOut(reason: "fails")]
        #expect(play(facts).0?.standing == .cordoned)
    }

    @Test("is forgotten when it says goodbye, is known to be gone, or was silent for an hour")
    func forgotten() {
        #expect(play([.told(Self.telemetry()), .told(Self.telemetry(isLast: true))]).0 == nil)
        #expect(play([.told(Self.telemetry()), .lost]).0 == nil)
        let record = play([.told(Self.telemetry())]).0
        let late = Self.start + NodeRecord.memory + .seconds(1)
        #expect(NodeMachine.decide(record, .looked, at: late).state == nil)
        #expect(play([.cordoned(reason: "x"), .lost, .looked]).0 == nil, "a stranger is none of its business")
    }

    @Test("stands out only when it fails often, and far more often than others who work")
    func health() {
        let two = NodeID(trusted: "node_2")
        func fault(_ own: (Int, Int), _ others: (Int, Int)) -> String? {
            NodeHealth.fault(
                of: Self.one,
                among: [
                    Self.one: Tally(results: own.0, failures: own.1),
                    two: Tally(results: others.0, failures: others.1),
                ], in: .video)
        }
        #expect(
            fault((10, 6), (60, 3))
                == "6 of its 10 results in pool video were failures, and 3 of 60 on other nodes, in 10 minutes")
        #expect(fault((4, 4), (60, 0)) == nil, "too few to tell")
        #expect(fault((10, 4), (60, 0)) == nil, "less than half")
        #expect(fault((10, 6), (60, 20)) == nil, "everybody fails")
        #expect(fault((10, 10), (4, 0)) == nil, "nobody to compare with")
    }

    @Test("does after any facts what the last wish says, and tells of every change")
    func walks() {
        for seed in 0..<2000 as Range<UInt64> {
            var dice = Dice(seed, "nodes")
            var record: NodeRecord?
            var now = Self.start
            var duty = NodeDuty.work
            for _ in 0..<40 {
                now = now + .seconds(dice.between(0, 200))
                let facts: [NodeFact] = [
                    .told(Self.telemetry(duty)), .told(Self.telemetry(duty)), .told(Self.telemetry(duty)),
                    .cordoned(reason: "a"), .drained(reason: "b"), .released, .stoodOut(reason: "c"), .turnedAway,
                    .looked, dice.next() < 0.1 ? .lost : .looked,
                ]
                let step = NodeMachine.decide(record, dice.pick(facts), at: now)
                // A node does as it is told, and one whose record is gone is told when it speaks.
                for case .tell(let order) in step.effects { duty = order.duty }
                let changed = step.state?.standing != record?.standing
                if changed, let after = step.state, record != nil { #expect(after.standing.duty == duty) }
                record = step.state
                if let record { #expect((record.standing == .quarantined) == (record.until != nil)) }
            }
            let last = NodeMachine.decide(record, .told(Self.telemetry(duty)), at: now)
            for case .tell(let order) in last.effects { duty = order.duty }
            #expect(last.state?.standing.duty == duty)
        }
    }
}
