// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Contracts
import Ports

/// Letters that were given to the bus together and are answered for together. It belongs to the lane.
final class Batch {
    /// How the letters go.
    enum Way {
        /// To where they are addressed.
        case own
        /// Into the queue that keeps them for so long, and then to this one.
        case later(Duration, to: QueueName, tries: Int)
        /// To the dead.
        case dead(Death)
    }

    let letters: [Letter]
    let way: Way
    let deadline: ContinuousClock.Instant
    private let answer: (BusFailure?) -> Void
    /// The first letter that was not sent yet.
    var next = 0
    private var left: Int
    private var unroutable: [EventID] = []
    private var refused: [EventID] = []
    private(set) var isOver = false

    init(_ letters: [Letter], _ way: Way, deadline: ContinuousClock.Instant, answer: @escaping (BusFailure?) -> Void) {
        self.letters = letters
        self.way = way
        self.deadline = deadline
        self.answer = answer
        left = letters.count
    }

    func isUnroutable(at index: Int) { unroutable.append(letters[index].id) }

    func settled(at index: Int, isSafe: Bool) {
        guard !isOver else { return }
        if !isSafe { refused.append(letters[index].id) }
        left -= 1
        if left == 0 { finish(outcome) }
    }

    func finish(_ failure: BusFailure?) {
        guard !isOver else { return }
        isOver = true
        answer(failure)
    }

    private var outcome: BusFailure? {
        if let first = refused.first {
            return BusFailure(
                .refused, during: "publish", cause: "the broker took back \(refused.count) letters, the first \(first)",
                letters: refused)
        }
        guard let first = unroutable.first else { return nil }
        let queue = letters.first { $0.id == first }.map { " (\($0.address.word))" } ?? ""
        return BusFailure(
            .unroutable, during: "publish", cause: "nobody has declared the queue of \(first)\(queue)",
            letters: unroutable)
    }
}
