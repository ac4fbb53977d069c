// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Contracts
import Lanes
import Ports

/// Waiting for a connection, and asking the broker for things.
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

    func whenReady(_ session: Session, _ answer: @escaping Answer) {
        var alarm: UInt64 = 0
        alarm = lane.ring(after: patience) { [self] in
            guard let waiter = waiters.firstIndex(where: { $0.alarm == alarm }) else { return }
            let place = "\(session.address.host):\(session.address.port)"
            let cause = session.lastFailure?.cause ?? "no connection to \(place) in \(patience.components.seconds) s"
            waiters.remove(at: waiter).answer(BusFailure(.unreachable, during: "open", cause: cause))
        }
        waiters.append((session, alarm, answer))
    }

    func ready(_ session: Session) { release(session, nil) }
    func fail(_ session: Session, with failure: BusFailure) { release(session, failure) }

    func release(_ session: Session, _ failure: BusFailure?) {
        let mine = waiters.filter { $0.session === session }
        waiters.removeAll { $0.session === session }
        for waiter in mine {
            lane.callOff(waiter.alarm)
            waiter.answer(failure)
        }
    }

    /// Says these on a channel made for them, and answers what the broker said to each, or that it said nothing.
    func errand(
        _ sayings: [Saying], on session: Session, _ answer: @escaping (Result<[Word], BusFailure>) -> Void
    ) {
        guard session.state == .open else {
            let cause = session.lastFailure?.cause ?? "there is no connection"
            return answer(.failure(BusFailure(.unreachable, during: "an errand", cause: cause)))
        }
        guard !sayings.isEmpty else { return answer(.success([])) }
        var words: [Word] = []
        var rest: ((Result<[Word], BusFailure>) -> Void)? = answer
        let channel = session.openChannel()
        let alarm = lane.ring(after: patience) {
            session.closeChannel(channel)
            let silence = BusFailure(.unreachable, during: "an errand", cause: "the broker does not answer")
            rest.take()?(.failure(silence))
        }
        for saying in sayings {
            session.ask(saying, on: channel) { [lane] result in
                guard rest != nil else { return }
                switch result {
                case .success(let word):
                    words.append(word)
                    guard words.count == sayings.count else { return }
                    session.closeChannel(channel)
                    lane.callOff(alarm)
                    rest.take()?(.success(words))
                case .failure(let failure):
                    lane.callOff(alarm)
                    rest.take()?(.failure(failure))
                }
            }
        }
    }

    /// Makes what is missing, and notes whether anything was: see `whenGrown`.
    func make(_ declarations: [Declaration], on session: Session, _ answer: @escaping Answer) {
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

    func whenGrown(_ answer: @escaping Answer) {
        growing.append(answer)
        answerGrown()
    }

    func answerGrown() {
        let left = infancyEnds - .now
        if left > .zero {
            _ = lane.ring(after: left) { [self] in answerGrown() }
        } else {
            answerAll(&growing, nil)
        }
    }

    func answerAll(_ answers: inout [Answer], _ failure: BusFailure?) {
        let all = answers
        answers = []
        for answer in all { answer(failure) }
    }

    /// The same, once there is a connection: the one that publishes nothing, so that the broker listens to it always.
    func errandWhenReady(
        _ sayings: [Saying], _ answer: @escaping (Result<[Word], BusFailure>) -> Void
    ) {
        if isClosed { return answer(.failure(closed)) }
        whenOpen(hearing) { [self] failure in
            if let failure { return answer(.failure(failure)) }
            errand(sayings, on: hearing, answer)
        }
    }

    func whenOpen(_ session: Session, _ body: @escaping Answer) {
        if session.state == .open { body(nil) } else { whenReady(session, body) }
    }
}
