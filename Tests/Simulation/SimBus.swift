// SimulationTests · tests · sees Contracts, Policies, Ports
import Contracts
import Policies
import Ports
import Synchronization

/// A broker that keeps what it confirmed and promises nothing else: it dies before a confirm and after it, forgets that
/// something was settled, delivers twice, and in any order.
final class SimBus: MessageBus {
    struct Message {
        let number: Int64
        let letter: Letter
        let queue: QueueName
        var dueAt: Timestamp
        var count = 0
        var isOut = false
    }

    private struct State {
        var bindings: [QueueName: Set<Topic>] = [:]
        /// The queues of nodes that are there.
        var nodes: Set<QueueName> = []
        var messages: [Message] = []
        var lastNumber: Int64 = 0
        /// Everything anybody said.
        var taken: [EventID: Letter] = [:]
        var buried: [String] = []
        var redeliveries = 0
    }

    private let fate: SimFate
    private let clock: SimClock
    private let state = Mutex(State())

    init(fate: SimFate, clock: SimClock) {
        self.fate = fate
        self.clock = clock
    }

    // MARK: what the world asks

    var taken: [EventID: Letter] { state.withLock { $0.taken } }
    var buried: [String] { state.withLock { $0.buried } }
    var redeliveries: Int { state.withLock { $0.redeliveries } }

    func hasMessages(in queue: QueueName) -> Bool {
        let now = clock.now()
        return state.withLock { $0.messages.contains { $0.queue == queue && !$0.isOut && $0.dueAt <= now } }
    }

    var dueTimes: [Timestamp] { state.withLock { $0.messages.map(\.dueAt) } }

    /// What its reader took and never settled comes again.
    func giveBack(_ queue: QueueName) {
        state.withLock { state in
            for index in state.messages.indices where state.messages[index].queue == queue {
                state.messages[index].isOut = false
            }
        }
    }

    /// The connection broke under one reader: what he did not settle comes again.
    func giveBack(_ delivery: Delivery) {
        state.withLock { state in
            for index in state.messages.indices where state.messages[index].number == delivery.receipt.number {
                state.messages[index].isOut = false
            }
        }
    }

    func comes(_ node: NodeID) { state.withLock { _ = $0.nodes.insert(.node(node)) } }

    /// Nobody can be told anything there any more.
    func goes(_ node: NodeID) {
        state.withLock { state in
            state.nodes.remove(.node(node))
            state.messages.removeAll { $0.queue == .node(node) }
        }
    }

    // MARK: the bus

    func declare(_ topology: Topology) async throws(BusFailure) {
        state.withLock { $0.bindings.merge(topology.queues) { $0.union($1) } }
    }

    func publish(_ letters: [Letter]) async throws(BusFailure) {
        if fate.strikes(0.04) { throw BusFailure(.unreachable, during: "publish", cause: "it died before it heard") }
        let isCut = fate.strikes(0.04)
        var lost: [EventID] = []
        for letter in letters.prefix(isCut ? fate.between(0, letters.count) : letters.count) {
            guard isRoutable(letter) else {
                lost.append(letter.id)
                continue
            }
            accept(letter, after: .zero)
            // As from an owner that died before it marked what it had published, and came back.
            if fate.strikes(0.04) { accept(letter, after: .milliseconds(fate.between(0, 60_000))) }
        }
        if isCut { throw BusFailure(.unreachable, during: "publish", cause: "it died before it confirmed") }
        if !lost.isEmpty {
            throw BusFailure(.unroutable, during: "publish", cause: "the node is gone", letters: lost)
        }
    }

    private func isRoutable(_ letter: Letter) -> Bool {
        guard case .queue(let queue) = letter.address, queue.isOfNode else { return true }
        return state.withLock { $0.nodes.contains(queue) }
    }

    private func accept(_ letter: Letter, after wait: Duration) {
        let dueAt = clock.now() + wait
        state.withLock { state in
            state.taken[letter.id] = letter
            let queues =
                switch letter.address {
                case .queue(let queue): [queue]
                case .topic(let topic):
                    state.bindings.filter { $0.value.contains(topic) }.keys.sorted { $0.text < $1.text }
                }
            for queue in queues {
                state.lastNumber += 1
                state.messages.append(
                    Message(number: state.lastNumber, letter: letter, queue: queue, dueAt: dueAt))
            }
        }
    }

    /// One batch, and then the end: whoever reads does one turn.
    func subscribe(to queue: QueueName, prefetch: Int) async throws(BusFailure) -> Arrivals<Delivery> {
        let batch = Mutex<[Delivery]?>(draw(from: queue, atMost: prefetch))
        return Arrivals(
            next: { () async throws(BusFailure) in
                batch.withLock { batch in
                    defer { batch = nil }
                    return batch?.isEmpty == true ? nil : batch
                }
            }, end: {})
    }

    private func draw(from queue: QueueName, atMost most: Int) -> [Delivery] {
        let now = clock.now()
        let size = min(most, fate.between(1, 6))
        // In order mostly; now and then anything may overtake anything.
        let isOrdered = !fate.strikes(0.3)
        let order = UInt64(fate.between(0, 1 << 30))
        return state.withLock { state in
            var ready = state.messages.indices.filter { index in
                let message = state.messages[index]
                return message.queue == queue && !message.isOut && message.dueAt <= now
            }
            if !isOrdered {
                ready.sort { Seed.mix(order ^ UInt64($0)) < Seed.mix(order ^ UInt64($1)) }
            }
            return ready.prefix(size).map { index in
                state.messages[index].isOut = true
                state.messages[index].count += 1
                if state.messages[index].count > 1 { state.redeliveries += 1 }
                let message = state.messages[index]
                return Delivery(
                    Delivery.Receipt(consumer: 1, life: 1, number: message.number), queue: queue, count: message.count,
                    letter: message.letter)
            }
        }
    }

    /// When it dies with the verdicts on their way, nobody learns whether they arrived.
    func settle(_ verdicts: [Verdict]) async throws(BusFailure) {
        for verdict in verdicts where !fate.strikes(0.03) { settle(verdict) }
        if fate.strikes(0.02) { throw BusFailure(.unreachable, during: "settle", cause: "it died") }
    }

    private func settle(_ verdict: Verdict) {
        let now = clock.now()
        state.withLock { state in
            let number = verdict.delivery.receipt.number
            guard let index = state.messages.firstIndex(where: { $0.number == number && $0.isOut }) else { return }
            switch verdict.fate {
            case .done: state.messages.remove(at: index)
            case .later(let wait):
                state.messages[index].isOut = false
                state.messages[index].dueAt = now + wait
            case .bury(let reason):
                state.buried.append("\(verdict.delivery.letter.headers["event_type"] ?? "?"): \(reason)")
                state.messages.remove(at: index)
            }
        }
    }

    func depth(of queue: QueueName) async throws(BusFailure) -> Int {
        state.withLock { $0.messages.count { $0.queue == queue && !$0.isOut } }
    }

    func drop(_ queue: QueueName) async throws(BusFailure) {
        throw BusFailure(.refused, during: "drop", cause: "nobody needs it here")
    }

    func tail(from position: TailPosition) async throws(BusFailure) -> Arrivals<TailEntry> {
        throw BusFailure(.refused, during: "tail", cause: "nobody follows a simulation")
    }

    func close() async {}
}
