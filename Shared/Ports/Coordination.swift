// Ports · doors · sees Contracts

/// What keeps processes out of each other's way: locks, slots, counters, rates, presence, hints and live streams.
///
/// It saves work and never holds truth. Everything in it may be gone at any moment, with the server's memory or with its
/// last second; whoever must not do a thing twice asks the database. So a lost lock is taken anew, a forgotten key reads
/// as unknown, a bucket is full again, and a stream says that something was missed.
///
/// `.unreachable` and `.timeout` leave open whether it was done. Safe to ask again: `renew`, `release`, `remember` (the
/// second call may be answered with the first one's value), `recall`, `forget`, `arrive`, `leave` and everything that
/// only reads. A lock or slot asked for in vain may be ours without our knowing, until its time is over. `add`, `spend`,
/// `publish` and `append` may count twice when they are repeated.
package protocol Coordination: Sendable {
    /// The lock, unless somebody holds it: then `nil`. It is not reentrant.
    func acquire(_ lock: String, holder: String, lasting time: Duration) async throws(CoordinationFailure) -> Holding?
    /// One of `count` slots, or `nil` when all are taken. Whoever dies gives his back when its time is over.
    func acquire(
        slotOf place: String, among count: Int, holder: String, lasting time: Duration
    ) async throws(CoordinationFailure) -> Holding?
    /// Lets it last that long from now; false when it is lost.
    func renew(_ holding: Holding, lasting time: Duration) async throws(CoordinationFailure) -> Bool
    /// Gives it back; false when it was lost before. It never frees what is somebody else's by now.
    @discardableResult func release(_ holding: Holding) async throws(CoordinationFailure) -> Bool
    /// Who holds the lock, for people to read.
    func holder(of lock: String) async throws(CoordinationFailure) -> String?

    /// Keeps the value unless there is one already, and answers that one. The first value's time runs on.
    func remember(
        _ value: [UInt8], under key: String, lasting time: Duration
    ) async throws(CoordinationFailure) -> Recollection
    func recall(_ key: String) async throws(CoordinationFailure) -> Recollection
    func forget(_ key: String) async throws(CoordinationFailure)

    /// Adds and answers the sum. The first to add says when the counter begins anew.
    @discardableResult
    func add(_ amount: Int, to counter: String, lasting time: Duration) async throws(CoordinationFailure) -> Int
    func count(of counter: String) async throws(CoordinationFailure) -> Int

    /// Takes so many tokens, or none and says how long until there are enough.
    func spend(
        _ tokens: Int, from bucket: String, of allowance: Allowance
    ) async throws(CoordinationFailure) -> Spending

    /// Is here for that long; say it again in time.
    func arrive(_ member: String, in group: String, lasting time: Duration) async throws(CoordinationFailure)
    func leave(_ member: String, from group: String) async throws(CoordinationFailure)
    /// Who is here, sorted.
    func members(of group: String) async throws(CoordinationFailure) -> [String]

    /// Says something to whoever listens now, and to nobody else.
    func publish(_ bytes: [UInt8], to channel: String) async throws(CoordinationFailure)
    /// Everything said from now on. A slow listener keeps the newest `depth`.
    func listen(to channel: String, depth: Int) async throws(CoordinationFailure) -> Listener

    /// Adds to the end of a stream. The oldest go when there are more than `keeping.count`, all when nothing was added
    /// for `keeping.time`.
    @discardableResult
    func append(
        _ bytes: [UInt8], to stream: String, keeping: Keeping
    ) async throws(CoordinationFailure) -> StreamCursor
    /// What stands behind the cursor, oldest first, without waiting.
    func read(
        _ stream: String, after cursor: StreamCursor, limit: Int
    ) async throws(CoordinationFailure) -> StreamPage
    /// Behind the newest entry there is: for whoever wants only what comes.
    func end(of stream: String) async throws(CoordinationFailure) -> StreamCursor
    /// Rings whenever something was added to the stream, or may have been. It keeps one ring at most.
    func bell(of stream: String) async throws(CoordinationFailure) -> Listener

    /// Ends all listeners and fails whoever waits. Holdings run out by themselves.
    func close() async
}

package struct CoordinationFailure: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// Nobody answers. What was asked may have been done or not.
        case unreachable
        /// It answers, and will not do this until somebody has mended something.
        case refused
        /// It took too long. What was asked may have been done or not.
        case timeout
        /// It cannot be meant like that: nothing was done.
        case misuse
        case canceled
        case closed
    }

    package let code: Code
    package let during: String
    package let cause: String

    package init(_ code: Code, during: String, cause: String) {
        self.code = code
        self.during = during
        self.cause = cause
    }

    package var description: String { "coordination \(code.rawValue) during \(during): \(cause)" }
}

/// A lock or a slot that is ours until its time is over.
package struct Holding: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case lock
        case slot
    }

    package let kind: Kind
    package let name: String
    package let holder: String
    /// Tells this grant from every other, also from an earlier one of the same holder.
    package let proof: String

    package init(_ kind: Kind, of name: String, holder: String, proof: String) {
        self.kind = kind
        self.name = name
        self.holder = holder
        self.proof = proof
    }
}

/// What is remembered under a key.
package enum Recollection: Hashable, Sendable {
    /// Nothing. That is not to say that it is new: only the database can say that.
    case unknown
    case known([UInt8])
}

/// `tokens` every `period`, and at most `burst` at once.
package struct Allowance: Hashable, Sendable {
    package let tokens: Int
    package let period: Duration
    package let burst: Int

    package init(_ tokens: Int, every period: Duration, burst: Int) {
        self.tokens = tokens
        self.period = period
        self.burst = burst
    }
}

package enum Spending: Hashable, Sendable {
    /// So many could be taken now.
    case allowed(left: Int)
    case refused(retryAfter: Duration)
}

/// How much of a stream is kept.
package struct Keeping: Hashable, Sendable {
    package let count: Int
    package let time: Duration

    package init(_ count: Int, for time: Duration) {
        self.count = count
        self.time = time
    }
}

/// A place in a stream: entries are counted from 1 within a life of the stream, which begins anew when it was lost.
package struct StreamCursor: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let life: Int64
    package let number: Int64

    package init(life: Int64, number: Int64) {
        self.life = life
        self.number = number
    }

    /// `1700000000000-42`, as `description` wrote it.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let life = Int64(parts[0]), let number = Int64(parts[1]), life >= 0, number >= 0 else {
            return nil
        }
        self.init(life: life, number: number)
    }

    /// Before everything.
    package static let start = StreamCursor(life: 0, number: 0)

    package static func < (left: StreamCursor, right: StreamCursor) -> Bool {
        (left.life, left.number) < (right.life, right.number)
    }

    package var description: String { "\(life)-\(number)" }
}

package struct StreamEntry: Hashable, Sendable {
    package let cursor: StreamCursor
    package let bytes: [UInt8]

    package init(_ cursor: StreamCursor, _ bytes: [UInt8]) {
        self.cursor = cursor
        self.bytes = bytes
    }
}

/// What one look into a stream found.
package struct StreamPage: Hashable, Sendable {
    package let entries: [StreamEntry]
    /// Where to read on.
    package let cursor: StreamCursor
    /// True when entries between the cursor and these are gone: read the state anew from where it is true.
    package let hasGap: Bool

    package init(entries: [StreamEntry], cursor: StreamCursor, hasGap: Bool) {
        self.entries = entries
        self.cursor = cursor
        self.hasGap = hasGap
    }

    /// The page that follows `cursor`, when `found` is what stands behind it and `newest` is the stream's last entry.
    package init(after cursor: StreamCursor, found: [StreamEntry], newest: StreamCursor) {
        guard let first = found.first, let last = found.last else {
            // A cursor beyond the end, or into a stream that is gone, is of a life that the server has lost.
            self.init(entries: [], cursor: min(cursor, newest), hasGap: cursor > newest)
            return
        }
        let expected = cursor.life == first.cursor.life ? cursor.number + 1 : 1
        let isOfThisLife = cursor == .start || cursor.life == first.cursor.life
        self.init(
            entries: found, cursor: last.cursor, hasGap: !isOfThisLife || first.cursor.number != expected)
    }
}
