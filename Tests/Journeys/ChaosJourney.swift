// JourneyTests · tests · sees Contracts, Embedded, HTTP, HTTPClientDriver, Kit, Opening, Policies, Ports, PostgresDriver, Telemetry, Wire
import Contracts
import Embedded
import Foundation
import HTTP
import HTTPClientDriver
import Kit
import Opening
import Policies
import Ports
import PostgresDriver
import Synchronization
import Telemetry
import Testing
import Wire

/// Every process killed, every server killed, every connection cut, again and again while runs are handed in and worked on:
/// then it is counted, in the tables and with ears of our own at the broker.
@Suite("A farm that somebody is after", .serialized, .timeLimit(.minutes(40)))
struct ChaosJourney {
    private static var isLong: Bool { ProcessInfo.processInfo.environment["AINER_TEST_LONG"] == "1" }
    /// Of nine jobs each.
    private static var runs: Int { isLong ? 500 : 40 }
    /// How often each component is killed at least.
    private static var rounds: Int { isLong ? 3 : 1 }

    private static let ears = QueueName("ainer.chaos.ears")

    @Test("loses nothing and does nothing twice")
    func chaos() async throws {
        let seed =
            ProcessInfo.processInfo.environment["AINER_CHAOS_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...999_999)
        print("chaos of seed \(seed): AINER_CHAOS_SEED=\(seed) ./ainer test --filter ChaosJourney")
        let farm = try await ChaosFarm.open()
        do {
            try await live(on: farm, Dice(seed))
            try await farm.close()
        } catch {
            print(farm.lastWords())
            try await farm.close()
            throw error
        }
    }

    private func live(on farm: ChaosFarm, _ dice: Dice) async throws {
        let bus = try await bus(farm)
        try await bus.declare(
            Topology.built.joined(with: Topology([Self.ears: Set(Topic.allCases.filter { !$0.isDirect })])))
        for name in ChaosFarm.processes { try farm.start(name) }
        try await torment(farm, dice)
        let orchestrator = try await PostgresDatabase.open(url: farm.database, owner: "orchestrator")
        let isOver = try await eventually(within: .seconds(Self.isLong ? 900 : 180)) {
            let done = try await orchestrator.transaction { try await $0.row(Self.finished()) ?? 0 }
            return done == Self.runs
        }
        let states = try await orchestrator.transaction { try await $0.rows(Self.states()) }
        #expect(isOver, "every run is over: \(Self.count(states))\n\(farm.lastWords())")
        try await count(farm, orchestrator, bus)
        await orchestrator.close()
        await bus.close()
    }

    private func bus(_ farm: ChaosFarm) async throws -> any MessageBus {
        var places = Places(folder: farm.folder)
        places.broker = farm.broker
        return try await Doors(
            places, name: "ears", clock: SystemClock(), entropy: SystemEntropy(), log: .silent
        ).bus()
    }

    // MARK: what clients do

    /// As a client does that was told how: again under the same key until there is an answer.
    private func submit(_ stories: Range<Int>, to farm: ChaosFarm) async throws {
        let client = try HTTPClient(HTTPClientOptions())
        let body = Array(#"{"chapter_id":"chaos","requested_quality":"draft","story":{"text":"A story."}}"#.utf8)
        for number in stories {
            let call = HTTPCall(
                .post, "http://127.0.0.1:\(farm.gateway)/api/v1/tasks",
                [
                    "Content-Type": "application/json", "Authorization": "Bearer \(farm.key)",
                    "Idempotency-Key": "chaos-\(number)",
                ], body: .bytes(body))
            let isTaken = try await eventually(within: .seconds(120)) {
                let answer = try? await client.fetch(call)  // whoever is dead does not answer
                return answer?.answer.status == 202
            }
            #expect(isTaken, "story \(number) is taken in the end")
        }
    }

    // MARK: what befalls the farm

    private enum Blow {
        case kills(String)
        case killsServer(String)
        case cuts
    }

    /// Everything is struck, in an order of chance, and gets up again. Each blow falls while its share of the runs is
    /// handed in, so that none falls on a farm that has nothing to do.
    private func torment(_ farm: ChaosFarm, _ dice: Dice) async throws {
        var dice = dice
        var blows = (0..<Self.rounds).flatMap { _ in Self.blows }
        let count = blows.count
        for number in 0..<count {
            let blow = blows.remove(at: dice.between(0, blows.count - 1))
            let share = Self.runs * number / count..<Self.runs * (number + 1) / count
            async let submitted: Void = submit(share, to: farm)
            try await Task.sleep(for: .milliseconds(dice.between(0, 400)))  // it may fall before, amid and after
            try await strike(farm, blow, &dice)
            try await submitted
        }
    }

    private static let blows =
        ChaosFarm.processes.map(Blow.kills) + ["rabbit", "postgres", "redis"].map(Blow.killsServer)
        + [.cuts, .cuts, .cuts]

    private func strike(_ farm: ChaosFarm, _ blow: Blow, _ dice: inout Dice) async throws {
        switch blow {
        case .kills(let name):
            farm.kill(name)
            try await Task.sleep(for: .milliseconds(dice.between(0, 800)))  // it is missed for a while
            try farm.start(name)
        case .killsServer("rabbit"):
            try await farm.rabbit.server.kill()
            try await farm.rabbit.server.restart()
        case .killsServer("postgres"):
            try await farm.postgres.kill()
            try await farm.postgres.restart()
        case .killsServer:
            try await farm.redis.kill()
            try await farm.redis.restart()
        case .cuts:
            await farm.nets.rabbit.reset()
            await farm.nets.postgres.reset()
        }
    }

    // MARK: counting

    private func count(_ farm: ChaosFarm, _ orchestrator: PostgresDatabase, _ bus: any MessageBus) async throws {
        let hub = try await PostgresDatabase.open(url: farm.database, owner: "hub")
        let gateway = try await PostgresDatabase.open(url: farm.database, owner: "gateway")
        let owners = [orchestrator, hub, gateway]
        let isPublished = try await eventually {
            var left = 0
            for owner in owners { left += try await owner.transaction { try await $0.row(Self.unpublished()) ?? 0 } }
            return left == 0
        }
        #expect(isPublished, "everything that was committed is published")
        let states = try await orchestrator.transaction { try await $0.rows(Self.states()) }
        #expect(Self.count(states) == ["succeeded": Self.runs])
        let ends = try await orchestrator.transaction { try await $0.row(Self.ends()) ?? 0 }
        #expect(ends == Self.runs, "every run ends once")
        let jobs = try await orchestrator.transaction { try await $0.row(Self.jobs()) ?? 0 }
        let accepted = try await hub.transaction { try await $0.rows(Self.said("job.succeeded")) }
        #expect(jobs == 9 * Self.runs && accepted.count == jobs, "one accepted result a job")
        let promoted = try await hub.transaction { try await $0.row(Self.promoted()) }
        #expect(promoted?.0 == jobs && promoted?.1 == jobs, "one promotion an artifact")
        let dead = try await orchestrator.transaction { try await $0.row(Self.dead()) ?? -1 }
        #expect(dead == 0, "no dead letters")
        try await listen(bus, owners)
        await hub.close()
        await gateway.close()
    }

    /// What the broker took in of topics: all that was committed, more than once here and there, and nothing else.
    private func listen(_ bus: any MessageBus, _ owners: [PostgresDatabase]) async throws {
        var committed: Set<EventID> = []
        for owner in owners { committed.formUnion(try await owner.transaction { try await $0.rows(Self.topics()) }) }
        let ledger = Mutex(Heard())
        let arrivals = try await bus.subscribe(to: Self.ears, prefetch: 512)
        let listener = Task {
            while let batch = try await arrivals.next() {
                for delivery in batch { try ledger.withLock { try $0.hear(delivery) } }
                try await bus.settle(batch.map { Verdict($0, .done) })
            }
        }
        let isAll = try await eventually {
            guard try await bus.depth(of: Self.ears) == 0 else { return false }
            return ledger.withLock { committed.isSubset(of: $0.counts.keys) }
        }
        await arrivals.end()
        try await listener.value
        let heard = ledger.withLock { $0 }
        #expect(isAll, "every committed event is published")
        #expect(Set(heard.counts.keys).subtracting(committed).isEmpty, "and no other")
        print("\(heard.counts.count) events were heard, \(heard.again) times one of them again")
        // Few blows may all fall between a publication and its confirmation by bad luck; hundreds cannot.
        if Self.isLong { #expect(heard.again > 0, "something came twice, or nobody was hurt") }
    }

    /// What owners said, and how often it was heard.
    private struct Heard {
        private static let owners: Set<Module> = [.orchestrator, .workerHub, .gateway]

        var counts: [EventID: Int] = [:]

        mutating func hear(_ delivery: Delivery) throws {
            guard let envelope = try EnvelopeReader.read(delivery.letter.body), Self.owners.contains(envelope.producer)
            else { return }
            counts[envelope.eventID, default: 0] += 1
        }

        var again: Int { counts.values.reduce(0) { $0 + $1 - 1 } }
    }

    private static func count(_ states: [String]) -> [String: Int] {
        Dictionary(grouping: states) { $0 }.mapValues(\.count)
    }

    private static let finished = statement(
        "chaos.finished", gives: (Int).self,
        "SELECT count(*) FROM orchestrator.runs WHERE status IN ('succeeded', 'failed', 'canceled')")
    private static let states = statement("chaos.states", gives: (String).self, "SELECT status FROM orchestrator.runs")
    private static let ends = statement(
        "chaos.ends", gives: (Int).self,
        "SELECT count(*) FROM events WHERE type IN ('run.succeeded', 'run.failed', 'run.canceled')")
    private static let jobs = statement("chaos.jobs", gives: (Int).self, "SELECT count(*) FROM orchestrator.jobs")
    private static let dead = statement(
        "chaos.dead", gives: (Int).self, "SELECT count(*) FROM orchestrator.dead_letters")
    private static let unpublished = statement(
        "chaos.unpublished", gives: (Int).self, "SELECT count(*) FROM events WHERE published_at IS NULL")
    private static let said = statement(
        "chaos.said", takes: String.self, gives: (EventID).self, "SELECT id FROM events WHERE type = $1")
    private static let topics = statement(
        "chaos.topics", gives: (EventID).self, "SELECT id FROM events WHERE address NOT LIKE 'queue:%'")
    private static let promoted = statement(
        "chaos.promoted", gives: (Int, Int).self,
        """
        SELECT count(*), count(DISTINCT job_id)
        FROM hub.artifacts
        -- an attempt that failed leaves its log
        WHERE kind <> 'job_log'
        """)
}
