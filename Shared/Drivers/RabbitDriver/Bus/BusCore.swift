// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Contracts
import Lanes
import Ports
import Telemetry

/// The bus as it lives on its lane: two connections, because a broker that takes nothing more stops reading what is
/// published, and with it every acknowledgement on the same connection.
final class BusCore {
    typealias Answer = (BusFailure?) -> Void

    let lane: Lane
    let ladder: Ladder
    private let patience: Duration
    private let speaking: Session
    private let hearing: Session
    private let publisher: Publisher
    private let log: Log
    private var topology = Topology([:])
    private var consumers: [Int: Consumer] = [:]
    private var lastConsumer = 0
    private var waiters: [(session: Session, number: UInt64, answer: Answer)] = []
    private var lastWaiter: UInt64 = 0
    private var isClosed = false

    init(_ options: RabbitBus.Options, to address: BrokerAddress, on lane: Lane) {
        self.lane = lane
        ladder = options.ladder
        patience = options.patience
        log = options.log
        let session = { (role: String) in
            Session(
                to: address, name: "\(options.name) \(role)", on: lane, entropy: options.entropy, log: options.log)
        }
        speaking = session("speaking")
        hearing = session("hearing")
        publisher = Publisher(on: speaking)
        wire()
    }

    private func wire() {
        for session in [speaking, hearing] {
            session.onOpen = { [self] in restore(session) }
        }
        speaking.onRead = { [self] in publisher.pump() }
        speaking.onBlocked = { [self] reason in
            if let reason { log.warning("the broker takes nothing", [.cause: reason]) }
            publisher.pump()
        }
        hearing.onRead = { [self] in for consumer in consumers.values { consumer.handOn() } }
        publisher.onLost = { [self] in
            _ = lane.ring(after: .milliseconds(200)) { [self] in if speaking.state == .open { restore(speaking) } }
        }
    }

    /// Makes again on a new connection what was made on the last one.
    private func restore(_ session: Session) {
        let sayings = topology.declarations(ladder).map(Saying.declare)
        errand(sayings, on: session) { [self] result in
            if case .failure(let failure) = result {
                log.error("the queues cannot be declared", [.cause: failure.cause])
                fail(session, with: failure)
                guard session.state == .open else { return }
                _ = lane.ring(after: .seconds(1)) { [self] in if session.state == .open { restore(session) } }
                return
            }
            if session === speaking {
                publisher.open()
            } else {
                for consumer in consumers.values { consumer.start() }
            }
            ready(session)
        }
    }
}

// MARK: waiting for a connection

extension BusCore {
    /// Makes both connections; answers when both can be used, or why not.
    func open(_ answer: @escaping Answer) {
        var open = 2
        var hasAnswered = false
        for session in [speaking, hearing] {
            session.onDown = { [self] failure in
                // Waiting helps against silence; it does not help against a wrong password.
                if failure.code == .refused { fail(session, with: failure) }
            }
            whenReady(session) { failure in
                open -= 1
                guard !hasAnswered, failure != nil || open == 0 else { return }
                hasAnswered = true
                answer(failure)
            }
            session.connect()
        }
    }

    private func whenReady(_ session: Session, _ answer: @escaping Answer) {
        lastWaiter += 1
        let number = lastWaiter
        waiters.append((session, number, answer))
        _ = lane.ring(after: patience) { [self] in
            guard let place = waiters.firstIndex(where: { $0.number == number }) else { return }
            let cause = session.lastFailure?.cause ?? "no connection within \(patience.components.seconds) s"
            waiters.remove(at: place).answer(BusFailure(.unreachable, during: "open", cause: cause))
        }
    }

    private func ready(_ session: Session) {
        let mine = waiters.filter { $0.session === session }
        waiters.removeAll { $0.session === session }
        for waiter in mine { waiter.answer(nil) }
    }

    private func fail(_ session: Session, with failure: BusFailure) {
        let mine = waiters.filter { $0.session === session }
        waiters.removeAll { $0.session === session }
        for waiter in mine { waiter.answer(failure) }
    }

    /// Says these on a channel made for them, and answers what the broker said to each.
    private func errand(
        _ sayings: [Saying], on session: Session, _ answer: @escaping (Result<[Word], BusFailure>) -> Void
    ) {
        var words: [Word] = []
        var hasAnswered = false
        let channel = session.openChannel()
        for saying in sayings {
            session.ask(saying, on: channel) { result in
                guard !hasAnswered else { return }
                switch result {
                case .success(let word):
                    words.append(word)
                    guard words.count == sayings.count else { return }
                    hasAnswered = true
                    session.closeChannel(channel)
                    answer(.success(words))
                case .failure(let failure):
                    hasAnswered = true
                    answer(.failure(failure))
                }
            }
        }
    }

    /// The same, once there is a connection.
    private func errandWhenReady(
        _ sayings: [Saying], _ answer: @escaping (Result<[Word], BusFailure>) -> Void
    ) {
        if isClosed { return answer(.failure(closed)) }
        if speaking.state == .open { return errand(sayings, on: speaking, answer) }
        whenReady(speaking) { [self] failure in
            if let failure { return answer(.failure(failure)) }
            errand(sayings, on: speaking, answer)
        }
    }
}

// MARK: what the port asks for

extension BusCore {
    func declare(_ wished: Topology, _ answer: @escaping Answer) {
        let sayings = wished.declarations(ladder).map(Saying.declare)
        errandWhenReady(sayings) { [self] result in
            switch result {
            case .success:
                topology = topology.joined(with: wished)
                answer(nil)
            case .failure(let failure): answer(failure)
            }
        }
    }

    func drop(_ queue: QueueName, _ answer: @escaping Answer) {
        topology = topology.without(queue)
        errandWhenReady([.delete(queue: queue.text)]) { answer($0.failure) }
    }

    func depth(of queue: QueueName, _ answer: @escaping (Result<Int, BusFailure>) -> Void) {
        errandWhenReady([.look(queue: queue.text)]) { result in
            answer(
                result.map { words in
                    guard case .declareOK(let waiting) = words.first else { return 0 }
                    return waiting
                })
        }
    }

    func publish(_ letters: [Letter], _ way: Batch.Way = .own, _ answer: @escaping Answer) {
        if isClosed { return answer(closed) }
        publisher.publish(Batch(letters, way, deadline: .now + patience, answer: answer))
    }

    func subscribe(
        to queue: QueueName, prefetch: Int, into reader: Consumer.Reader, from position: TailPosition? = nil,
        _ answer: @escaping (Result<Int, BusFailure>) -> Void
    ) {
        if isClosed { return answer(.failure(closed)) }
        lastConsumer += 1
        let consumer = Consumer(lastConsumer, of: queue, prefetch: prefetch, into: reader, on: hearing)
        if let position { consumer.read(from: position) }
        consumers[consumer.number] = consumer
        consumer.onOver = { [self] in consumers[consumer.number] = nil }
        consumer.onQueueGone = { [self] done in
            errand(topology.declarations(ladder).map(Saying.declare), on: hearing) { _ in done() }
        }
        consumer.begin { answer($0.map { .failure($0) } ?? .success(consumer.number)) }
    }

    func end(_ number: Int, _ ended: @escaping () -> Void) {
        guard let consumer = consumers[number] else { return ended() }
        consumer.end(ended)
    }

    func allTaken(by number: Int) { consumers[number]?.allTaken() }

    func close(_ answer: @escaping () -> Void) {
        guard !isClosed else { return answer() }
        isClosed = true
        publisher.close(closed)
        for consumer in consumers.values { consumer.close(closed) }
        for waiter in waiters { waiter.answer(closed) }
        waiters = []
        var open = 2
        for session in [speaking, hearing] {
            session.close {
                open -= 1
                if open == 0 { answer() }
            }
        }
    }

    private var closed: BusFailure { BusFailure(.closed, during: "the bus", cause: "the bus is closed") }
}

// MARK: settling

extension BusCore {
    func settle(_ verdicts: [Verdict], _ answer: @escaping Answer) {
        if isClosed { return answer(closed) }
        var done: [Int: [Delivery.Receipt]] = [:]
        var moves: [(Delivery, Batch.Way)] = []
        for verdict in verdicts {
            let delivery = verdict.delivery
            guard consumers[delivery.receipt.consumer]?.isOpen(delivery.receipt) == true else { continue }
            switch verdict.fate {
            case .done: done[delivery.receipt.consumer, default: []].append(delivery.receipt)
            case .later(let wish):
                moves.append((delivery, .later(ladder.rung(for: wish), to: delivery.queue, tries: delivery.count)))
            case .bury(let reason):
                let death = Death(reason: reason, queue: delivery.queue, deliveries: delivery.count)
                moves.append((delivery, .dead(death)))
            }
        }
        for (number, receipts) in done { consumers[number]?.settle(receipts) }
        move(moves, answer)
    }

    /// First safe where it goes, then gone from where it was: whoever dies between finds it twice, and never not at all.
    private func move(_ moves: [(Delivery, Batch.Way)], _ answer: @escaping Answer) {
        guard !moves.isEmpty else { return answer(nil) }
        var left = moves.count
        var first: BusFailure?
        for (delivery, way) in moves {
            publish([delivery.letter], way) { [self] failure in
                first = first ?? failure
                let consumer = consumers[delivery.receipt.consumer]
                if failure == nil { consumer?.settle([delivery.receipt]) } else { consumer?.giveBack([delivery]) }
                left -= 1
                if left == 0 { answer(first) }
            }
        }
    }
}

extension Result where Failure == BusFailure {
    fileprivate var failure: BusFailure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
