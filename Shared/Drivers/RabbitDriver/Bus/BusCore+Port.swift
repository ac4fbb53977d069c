// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Contracts
import Lanes
import Ports

/// What the port asks for.
extension BusCore {
    func declare(_ wished: Topology, _ answer: @escaping Answer) {
        if isClosed { return answer(closed) }
        whenOpen(hearing) { [self] failure in
            if let failure { return answer(failure) }
            make(wished.declarations(ladder), on: hearing) { [self] failure in
                if let failure { return answer(failure) }
                if isClosed { return answer(closed) }
                topology = topology.joined(with: wished)
                whenGrown(answer)
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
        consumer.onQueueGone = { [self] done in remake(done) }
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

    /// However many ask for it, all are answered when it is done.
    func close(_ answer: @escaping () -> Void) {
        if closers == nil { return answer() }
        closers?.append(answer)
        guard !isClosed else { return }
        isClosed = true
        answerAll(&growing, closed)
        publisher.close(closed)
        for consumer in consumers.values { consumer.close(closed) }
        consumers = [:]
        for waiter in waiters { waiter.answer(closed) }
        waiters = []
        var open = 2
        for session in [speaking, hearing] {
            session.close { [self] in
                open -= 1
                guard open == 0 else { return }
                let all = closers ?? []
                closers = nil
                for closer in all { closer() }
            }
        }
    }

    var closed: BusFailure { BusFailure(.closed, during: "the bus", cause: "the bus is closed") }
}
