// RedisDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CRedis
import Glibc
import Lanes
import Policies
import Ports
import Telemetry

/// A connection that is made again whenever it is lost. Questions that were under way then fail; those that were not sent
/// yet wait for the next one.
final class RedisSession {
    enum State {
        case idle
        case dialing
        case greeting
        case open
        case resting
        case closed
    }

    private struct Awaited {
        let due: ContinuousClock.Instant
        let answer: (Result<RedisValue, CoordinationFailure>) -> Void
    }

    private static let mostWaiting = 1024
    private static let mostUnderWay = 16_384
    private static let mostBytes = 64 << 20

    let lane: Lane
    let patience: Duration
    private let address: RedisAddress
    private let name: String
    private let scripts: [RedisScript]
    private let log: Log
    private let backoff = Backoff(first: .milliseconds(50), longest: .seconds(5))
    private(set) var state = State.idle
    private var link: RedisLink?
    private var dialer: Dialer?
    private var failures = 0
    private var lastFailure: CoordinationFailure?
    private var hashes: [RedisScript: [UInt8]] = [:]
    private var waiting = Fifo<(due: ContinuousClock.Instant, question: RedisQuestion)>()
    private var underWay = Fifo<Awaited>()
    private var alarm: UInt64?
    /// What comes without having been asked for. With it every value of an open connection goes there.
    var onValue: ((RedisValue) -> Void)?
    var onOpen: () -> Void = {}
    var onLost: (CoordinationFailure) -> Void = { _ in }

    /// `role` is what an operator sees behind the name.
    init(to address: RedisAddress, role: String, _ options: RedisCoordination.Options, on lane: Lane) {
        self.address = address
        name = "\(options.name)-\(role)".filter { !$0.isWhitespace }
        scripts = role == "asking" ? RedisScript.all : []
        patience = options.patience
        log = options.log
        self.lane = lane
    }

    var lastHeard: ContinuousClock.Instant? { link?.lastHeard }

    func start() { if state == .idle { dial() } }

    func ask(_ question: RedisQuestion) {
        guard state != .closed else { return question.fail(.closed, "the coordination is closed") }
        guard state == .open, waiting.count == 0 else {
            guard waiting.count < Self.mostWaiting else {
                return question.fail(.unreachable, "\(waiting.count) others wait for \(address.label) already")
            }
            waiting.append((.now + patience, question))
            return setAlarm()
        }
        send(question)
    }

    /// Says something whose answer comes through `onValue`.
    func tell(_ command: RedisCommand) {
        guard state == .open else { return }
        if link?.say(command) != true { lose(.unreachable, "there is no memory") }
    }

    func close() {
        guard state != .closed else { return }
        drop(.closed, "the coordination is closed")
        state = .closed
        if let alarm { lane.callOff(alarm) }
        for (_, question) in waiting.removeAll() { question.fail(.closed, "the coordination is closed") }
        (onValue, onOpen, onLost) = (nil, {}, { _ in })
    }
}

// MARK: asking

extension RedisSession {
    private func send(_ question: RedisQuestion) {
        guard !question.reply.isOver else { return }
        guard underWay.count < Self.mostUnderWay, (link?.backlog ?? 0) < Self.mostBytes else {
            return question.fail(.unreachable, "too much is under way to \(address.label) already")
        }
        say(question.command(hashes)) { [self] result in
            if case .success(.error(let text)) = result, text.hasPrefix("NOSCRIPT"), question.isScript {
                // It has forgotten its scripts. Nothing was done, so it is said again, in full.
                var again = question
                again.spellsOut = true
                return state == .open ? send(again) : ask(again)
            }
            question.reply.answer(
                result.mapError { CoordinationFailure($0.code, during: question.call, cause: $0.cause) })
        }
    }

    private func say(
        _ command: RedisCommand, _ answer: @escaping (Result<RedisValue, CoordinationFailure>) -> Void
    ) {
        guard let link else {
            return answer(.failure(CoordinationFailure(.unreachable, during: "", cause: "the connection is lost")))
        }
        underWay.append(Awaited(due: .now + patience, answer: answer))
        guard link.say(command) else { return lose(.unreachable, "there is no memory") }
        setAlarm()
    }

    private func hear(_ value: RedisValue) {
        if state == .open, let onValue { return onValue(value) }
        guard let awaited = underWay.popFirst() else { return lose(.refused, "it answers what nobody asked") }
        awaited.answer(.success(value))
    }

    /// One alarm for whoever has waited longest.
    private func setAlarm() {
        guard alarm == nil, let due = [waiting.first?.due, underWay.first?.due].compactMap(\.self).min() else { return }
        alarm = lane.ring(after: due - .now) { [self] in
            alarm = nil
            let now = ContinuousClock.now
            while let (due, _) = waiting.first, due <= now {
                let why = whyNot
                waiting.popFirst()?.question.fail(why.code, why.cause)
            }
            if let due = underWay.first?.due, due <= now {
                lose(.timeout, "\(address.label) has not answered for \(patience)")
            }
            setAlarm()
        }
    }
}

extension RedisSession {
    /// Why whoever waits for a connection has none.
    private var whyNot: CoordinationFailure {
        if state == .greeting {
            return CoordinationFailure(
                .timeout, during: "open", cause: "\(address.label) took the call and says nothing")
        }
        return lastFailure
            ?? CoordinationFailure(.unreachable, during: "open", cause: "nobody could be reached at \(address.label)")
    }
}

// MARK: a connection, from the first word to the last

extension RedisSession {
    private func dial() {
        state = .dialing
        let dialer = Dialer(host: address.host, port: address.port, on: lane)
        self.dialer = dialer
        dialer.dial { [self] result in
            self.dialer = nil
            switch result {
            case .success(let descriptor): greet(descriptor)
            case .failure(let failure): lose(.unreachable, failure.description)
            }
        }
    }

    private func greet(_ descriptor: Int32) {
        guard let reader = RedisReader() else {
            Glibc.close(descriptor)
            return lose(.unreachable, "there is no memory")
        }
        state = .greeting
        let link = RedisLink(descriptor, reading: reader, on: lane)
        self.link = link
        link.start(onValue: { [self] in hear($0) }) { [self] isGarble, reason in
            lose(isGarble ? .refused : .unreachable, "\(address.label): \(reason)")
        }
        if let password = address.password {
            require(
                RedisCommand(["AUTH", address.user, password].compactMap { $0.map { Array($0.utf8) } }), "let us in")
        }
        require(RedisCommand("SELECT", "\(address.database)"), "open database \(address.database)")
        // For operators only: a server that forbids it serves as well.
        say(RedisCommand("CLIENT", "SETNAME", name)) { _ in }
        for script in scripts { load(script) }
        say(RedisCommand("PING")) { [self] result in if case .success = result { open() } }
    }

    private func require(_ command: RedisCommand, _ wish: String) {
        say(command) { [self] result in
            guard case .success(.error(let text)) = result, state == .greeting else { return }
            lose(RedisSession.code(of: text), "\(address.label) will not \(wish): \(text)")
        }
    }

    /// One that will not load is spelled out each time.
    private func load(_ script: RedisScript) {
        say(RedisCommand("SCRIPT", "LOAD", script.text)) { [self] result in
            if case .success(.bytes(let hash)) = result { hashes[script] = hash }
        }
    }

    private func open() {
        guard state == .greeting else { return }
        state = .open
        if failures > 0 { log.notice("redis is there again", [.host: address.label, .attempt: failures]) }
        failures = 0
        lastFailure = nil
        onOpen()
        while state == .open, let (_, question) = waiting.popFirst() { send(question) }
    }

    /// What was under way has failed, and in a while it is tried again.
    func lose(_ code: CoordinationFailure.Code, _ cause: String) {
        guard state != .closed, state != .resting else { return }
        if failures == 0 { log.warning("redis is lost", [.host: address.label, .cause: cause]) }
        failures += 1
        drop(code, cause)
        state = .resting
        if code == .refused { for (_, question) in waiting.removeAll() { question.fail(code, cause) } }
        let failure = CoordinationFailure(code, during: "open", cause: cause)
        lastFailure = failure
        onLost(failure)
        _ = lane.ring(after: backoff.delay(after: failures)) { [self] in if state == .resting { dial() } }
    }

    private func drop(_ code: CoordinationFailure.Code, _ cause: String) {
        dialer?.hangUp()
        dialer = nil
        link?.close()
        link = nil
        hashes = [:]
        state = .resting
        for awaited in underWay.removeAll() {
            awaited.answer(.failure(CoordinationFailure(code, during: "", cause: cause)))
        }
    }

    /// Whether a complaint passes by itself.
    static func code(of complaint: String) -> CoordinationFailure.Code {
        let passing = ["LOADING", "BUSY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN"]
        return passing.contains { complaint.hasPrefix($0) } ? .unreachable : .refused
    }
}
