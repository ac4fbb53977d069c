// RedisDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CRedis
import Ports
import Synchronization

/// Something asked of Redis, and who waits for the answer.
struct RedisQuestion: Sendable {
    enum Words: Sendable {
        case command(RedisCommand)
        case script(RedisScript, keys: [String], arguments: [[UInt8]])
    }

    let words: Words
    let call: String
    let reply: RedisReply
    /// Set when the server did not know the script by its hash.
    var spellsOut = false

    init(_ words: Words, during call: String, _ reply: RedisReply) {
        self.words = words
        self.call = call
        self.reply = reply
    }

    /// What is sent, when the server knows scripts by these hashes.
    func command(_ hashes: [RedisScript: [UInt8]]) -> RedisCommand {
        switch words {
        case .command(let command): return command
        case .script(let script, let keys, let arguments):
            let hash = spellsOut ? nil : hashes[script]
            let name = hash.map { [Array("EVALSHA".utf8), $0] } ?? [Array("EVAL".utf8), Array(script.text.utf8)]
            return RedisCommand(
                name + [Array("\(keys.count)".utf8)] + keys.map { Array($0.utf8) } + arguments)
        }
    }

    var isScript: Bool { if case .script = words { true } else { false } }

    func fail(_ code: CoordinationFailure.Code, _ cause: String) {
        reply.answer(.failure(CoordinationFailure(code, during: call, cause: cause)))
    }
}

/// One answer for one who waits: the first counts.
final class RedisReply: Sendable {
    typealias Answer = Result<RedisValue, CoordinationFailure>

    private enum State {
        case empty
        case awaited(CheckedContinuation<Answer, Never>)
        case early(Answer)
        case over
    }

    private let state = Mutex(State.empty)

    /// True when nobody wants an answer any more.
    var isOver: Bool {
        state.withLock { state in
            switch state {
            case .early, .over: true
            case .empty, .awaited: false
            }
        }
    }

    func wait() async -> Answer {
        await withCheckedContinuation { waiter in
            let early: Answer? = state.withLock { state in
                if case .early(let answer) = state {
                    state = .over
                    return answer
                }
                state = .awaited(waiter)
                return nil
            }
            if let early { waiter.resume(returning: early) }
        }
    }

    func answer(_ answer: Answer) {
        let waiter: CheckedContinuation<Answer, Never>? = state.withLock { state in
            switch state {
            case .empty:
                state = .early(answer)
                return nil
            case .awaited(let waiter):
                state = .over
                return waiter
            case .early, .over: return nil
            }
        }
        waiter?.resume(returning: answer)
    }
}

/// First in, first out.
struct Fifo<Element> {
    private var items: [Element?] = []
    private var head = 0

    var count: Int { items.count - head }
    var first: Element? { head < items.count ? items[head] : nil }

    mutating func append(_ element: Element) { items.append(element) }

    mutating func popFirst() -> Element? {
        guard head < items.count else { return nil }
        defer {
            items[head] = nil
            head += 1
            if head == items.count {
                items.removeAll(keepingCapacity: head < 4096)
                head = 0
            } else if head > 1024, head * 2 > items.count {
                items.removeFirst(head)
                head = 0
            }
        }
        return items[head]
    }

    mutating func removeAll() -> [Element] {
        defer { (items, head) = ([], 0) }
        return items[head...].compactMap { $0 }
    }
}
