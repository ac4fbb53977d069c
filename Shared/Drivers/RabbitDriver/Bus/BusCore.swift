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
    private var tail = (name: 0, failures: 0, isBeingMade: false)
    private var infancyEnds = ContinuousClock.now
    private var consumers: [Int: Consumer] = [:]
    private var lastConsumer = 0
    private var waiters: [(session: Session, alarm: UInt64, answer: Answer)] = []
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
        publisher = Publisher(on: speaking, window: options.window)
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
        make(topology.declarations(ladder), on: session) { [self] failure in
            if let failure {
                log.error("the queues cannot be declared", [.cause: failure.cause])
                fail(session, with: failure)
                guard session.state == .open else { return }
                _ = lane.ring(after: .seconds(1)) { [self] in if session.state == .open { restore(session) } }
                return
            }
            if session === hearing { return resume(session) }
            makeTail { [self] in resume(session) }
        }
    }

    private func resume(_ session: Session) {
        guard session.state == .open else { return }
        if session === speaking {
            publisher.open()
        } else {
            for consumer in consumers.values { consumer.start() }
        }
        ready(session)
    }

    /// Tries once and goes on, whether it is there or not; while it is not, tries again and again.
    private func makeTail(_ done: @escaping () -> Void) {
        make(Topology.tail(named: tailName), on: speaking) { [self] failure in
            if let failure {
                log.error("the tail cannot be declared", [.queue: tailName, .cause: failure.cause])
                tail.failures += 1
                if tail.failures % 5 == 0 { tail.name = (tail.name + 1) % Names.tails.count }
                makeTailLater()
            } else {
                tail.failures = 0
            }
            done()
        }
    }

    private func makeTailLater() {
        guard !tail.isBeingMade else { return }
        tail.isBeingMade = true
        _ = lane.ring(after: .seconds(1)) { [self] in
            tail.isBeingMade = false
            if speaking.state == .open, tail.failures > 0 { makeTail {} }
        }
    }

    private var tailName: String { Names.tails[tail.name] }
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
        var alarm: UInt64 = 0
        alarm = lane.ring(after: patience) { [self] in
            guard let place = waiters.firstIndex(where: { $0.alarm == alarm }) else { return }
            let cause = session.lastFailure?.cause ?? "no connection within \(patience.components.seconds) s"
            waiters.remove(at: place).answer(BusFailure(.unreachable, during: "open", cause: cause))
        }
        waiters.append((session, alarm, answer))
    }

    private func ready(_ session: Session) { release(session, nil) }
    private func fail(_ session: Session, with failure: BusFailure) { release(session, failure) }

    private func release(_ session: Session, _ failure: BusFailure?) {
        let mine = waiters.filter { $0.session === session }
        waiters.removeAll { $0.session === session }
        for waiter in mine {
            lane.callOff(waiter.alarm)
            waiter.answer(failure)
        }
    }

    /// Says these on a channel made for them, and answers what the broker said to each.
    private func errand(
        _ sayings: [Saying], on session: Session, _ answer: @escaping (Result<[Word], BusFailure>) -> Void
    ) {
        guard !sayings.isEmpty else { return answer(.success([])) }
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

    /// Makes what is missing, and notes whether anything was: see `whenGrown`.
    private func make(_ declarations: [Declaration], on session: Session, _ answer: @escaping Answer) {
        let queues = declarations.compactMap { if case .queue(let name, _) = $0 { name } else { nil } }
        errand(queues.map { .look(queue: $0) }, on: session) { [self] result in
            let hasNew = result.failure?.code == .refused
            if let failure = result.failure, !hasNew { return answer(failure) }
            errand(declarations.map(Saying.declare), on: session) { [self] result in
                if hasNew { infancyEnds = .now + Self.infancy }
                answer(result.failure)
            }
        }
    }

    /// A broker writes the names of its queues down twice a second. Killed before it has, it finds a new queue again but
    /// nothing that was in it, confirmed or not: so nobody is told that a queue is there before it is old enough.
    private static let infancy = Duration.seconds(1)

    private func whenGrown(_ body: @escaping () -> Void) {
        let left = infancyEnds - .now
        if left <= .zero { return body() }
        _ = lane.ring(after: left) { [self] in whenGrown(body) }
    }

    /// The same, once there is a connection.
    private func errandWhenReady(
        _ sayings: [Saying], _ answer: @escaping (Result<[Word], BusFailure>) -> Void
    ) {
        if isClosed { return answer(.failure(closed)) }
        whenOpen(speaking) { [self] failure in
            if let failure { return answer(.failure(failure)) }
            errand(sayings, on: speaking, answer)
        }
    }

    private func whenOpen(_ session: Session, _ body: @escaping Answer) {
        if session.state == .open { body(nil) } else { whenReady(session, body) }
    }
}

// MARK: what the port asks for

extension BusCore {
    func declare(_ wished: Topology, _ answer: @escaping Answer) {
        if isClosed { return answer(closed) }
        whenOpen(speaking) { [self] failure in
            if let failure { return answer(failure) }
            make(wished.declarations(ladder), on: speaking) { [self] failure in
                if let failure { return answer(failure) }
                topology = topology.joined(with: wished)
                whenGrown { answer(nil) }
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
        to queue: QueueName, prefetch: Int, into slot: Slot<Delivery>,
        _ answer: @escaping (Result<Int, BusFailure>) -> Void
    ) {
        if isClosed { return answer(.failure(closed)) }
        lastConsumer += 1
        add(Consumer(lastConsumer, of: { queue }, prefetch: prefetch, into: .deliveries(slot), on: hearing), answer)
    }

    func follow(
        from position: TailPosition, into slot: Slot<TailEntry>,
        _ answer: @escaping (Result<Int, BusFailure>) -> Void
    ) {
        if isClosed { return answer(.failure(closed)) }
        lastConsumer += 1
        let consumer = Consumer(
            lastConsumer, of: { [self] in QueueName(tailName) }, prefetch: 256, into: .entries(slot), on: hearing)
        consumer.read(from: position)
        add(consumer, answer)
    }

    private func add(_ consumer: Consumer, _ answer: @escaping (Result<Int, BusFailure>) -> Void) {
        let number = consumer.number
        consumers[number] = consumer
        consumer.onOver = { [self] in consumers[number] = nil }
        consumer.onQueueGone = { [self] done in
            make(topology.declarations(ladder), on: hearing) { _ in done() }
        }
        let alarm = lane.ring(after: patience) { [self] in
            let cause = hearing.lastFailure?.cause ?? "the broker does not answer"
            consumers[number]?.giveUp(BusFailure(.unreachable, during: "subscribe", cause: cause))
        }
        consumer.begin { [lane] failure in
            lane.callOff(alarm)
            answer(failure.map { .failure($0) } ?? .success(number))
        }
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
        consumers = [:]
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
        var moves: [(Delivery, Batch.Way)] = []
        var done: [Delivery.Receipt] = []
        done.reserveCapacity(verdicts.count)
        for verdict in verdicts {
            if verdict.fate == .done {
                done.append(verdict.delivery.receipt)
            } else if let move = move(for: verdict) {
                moves.append(move)
            }
        }
        // Nearly always all of one consumer.
        while let number = done.last?.consumer {
            consumers[number]?.settle(done.filter { $0.consumer == number })
            done.removeAll { $0.consumer == number }
        }
        move(moves, answer)
    }

    /// Where a delivery goes that is not done; `nil` when it is settled already, or comes again anyway.
    private func move(for verdict: Verdict) -> (Delivery, Batch.Way)? {
        let delivery = verdict.delivery
        guard let consumer = consumers[delivery.receipt.consumer], consumer.isOpen(delivery.receipt),
            !consumer.isHeld(delivery.receipt)
        else { return nil }
        switch verdict.fate {
        case .done: return nil
        case .later(let wish):
            return (delivery, .later(ladder.rung(for: wish), to: delivery.queue, tries: delivery.count))
        case .bury(let reason):
            return (delivery, .dead(Death(reason: reason, queue: delivery.queue, deliveries: delivery.count)))
        }
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
