// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
import Contracts
import Delivery
import GatewayCore
import Ports
import Synchronization

/// Deeds that come at once travel in one transaction: while one convoy is on its way to the disk, the next gathers.
///
/// A deed that refuses without having written anything goes alone; when anything else fails, everybody of that convoy
/// travels by himself, so that nobody pays for somebody else's fault.
final class Convoy: Sendable {
    /// What came of one deed: now, or when it was done first.
    enum Outcome: Sendable {
        case done(any Sendable)
        case again(String)
    }

    /// What a deed does: its value, the value as it is kept, and what is to be said.
    typealias Work = @Sendable (any Transaction) async throws -> (value: any Sendable, kept: String, [OutgoingLetter])

    private struct Passenger: Sendable {
        let deed: Deed
        let at: Timestamp
        let work: Work
        let arrive: CheckedContinuation<Outcome, any Error>
    }

    private struct State {
        var waiting: [Passenger] = []
        var underWay = 0
    }

    private static let mostPassengers = 64
    /// One gathers while another waits for the disk.
    private static let mostUnderWay = 2

    private let desk: Desk
    private let state = Mutex(State())

    init(_ desk: Desk) { self.desk = desk }

    func travel(_ deed: Deed, at now: Timestamp, _ work: @escaping Work) async throws -> Outcome {
        try await withCheckedThrowingContinuation { arrive in
            let mayLeave = state.withLock { state in
                state.waiting.append(Passenger(deed: deed, at: now, work: work, arrive: arrive))
                guard state.underWay < Self.mostUnderWay else { return false }
                state.underWay += 1
                return true
            }
            // Not the caller's: whoever hangs up does not stop the others.
            if mayLeave { Task { await drive() } }
        }
    }

    private func drive() async {
        while let group = next() {
            let haveArrived = group.count > 1 ? await together(group) : false
            if !haveArrived { for one in group { await alone(one) } }
        }
    }

    private func next() -> [Passenger]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.underWay -= 1
                return nil
            }
            let group = Array(state.waiting.prefix(Self.mostPassengers))
            state.waiting.removeFirst(group.count)
            return group
        }
    }

    // MARK: on the way

    /// False when nobody has arrived and each has to go by himself: not when the way is closed to all.
    private func together(_ group: [Passenger]) async -> Bool {
        let results: [Result<Outcome, any Error>]
        do {
            results = try await desk.send(at: group[group.count - 1].at) { tx in
                try await Self.carry(group, in: tx)
            }
        } catch {
            guard (error as? DatabaseFailure)?.isForAll == true else { return false }
            for one in group { one.arrive.resume(throwing: error) }
            return true
        }
        for (one, result) in zip(group, results) { one.arrive.resume(with: result) }
        return true
    }

    private func alone(_ one: Passenger) async {
        var triesLeft = 2
        while true {
            triesLeft -= 1
            do {
                let results = try await desk.send(at: one.at) { tx in try await Self.carry([one], in: tx) }
                return one.arrive.resume(with: results[0])
            } catch {
                // Somebody was quicker with the same key, or with the same name of a thing: now it is there to be seen.
                if triesLeft > 0, (error as? DatabaseFailure)?.code == .unique { continue }
                return one.arrive.resume(throwing: (error as? WroteAndRefused)?.cause ?? error)
            }
        }
    }

    /// Somebody refused after he had written: what he wrote must go.
    private struct WroteAndRefused: Error {
        let cause: any Error
    }

    private static func carry(
        _ group: [Passenger], in tx: any Transaction
    ) async throws -> ([Result<Outcome, any Error>], [OutgoingLetter]) {
        var known = try await done(group, in: tx)
        var results: [Result<Outcome, any Error>] = []
        var letters: [OutgoingLetter] = []
        var orders: [Order] = []
        for one in group {
            switch one.deed.judge(by: known[one.deed.name]) {
            case .again(let outcome): results.append(.success(.again(outcome)))
            case .refused(let failure): results.append(.failure(failure))
            case .new:
                let watched = WatchedTransaction(tx)
                do {
                    let (value, kept, said) = try await one.work(watched)
                    results.append(.success(.done(value)))
                    letters += said
                    orders.append(Order(DeedQueries.keep(one.deed, kept, one.at)))
                    known[one.deed.name] = DoneDeed(
                        operation: one.deed.operation, digest: one.deed.digest, outcome: kept, doneAt: one.at)
                } catch {
                    guard !watched.hasWritten, !(error is DatabaseFailure) else { throw WroteAndRefused(cause: error) }
                    results.append(.failure(error))
                }
            }
        }
        try await tx.send(orders)
        return (results, letters)
    }

    private static func done(
        _ group: [Passenger], in tx: any Transaction
    ) async throws -> [Deed.Name: DoneDeed] {
        let asked = try DeedQueries.done(group.map(\.deed.name))
        var known: [Deed.Name: DoneDeed] = [:]
        for (tenant, key, operation, digest, outcome, doneAt) in try await tx.rows(asked) {
            known[Deed.Name(tenant: tenant, key: key)] = DoneDeed(
                operation: operation, digest: digest, outcome: outcome, doneAt: doneAt)
        }
        return known
    }
}

/// A transaction that remembers whether anything was written through it.
private final class WatchedTransaction: Transaction {
    private let inner: any Transaction
    private let wrote = Atomic(false)

    init(_ inner: any Transaction) { self.inner = inner }

    var hasWritten: Bool { wrote.load(ordering: .relaxed) }

    func rows<Row>(_ call: Call<Row>) async throws(DatabaseFailure) -> [Row] { try await inner.rows(call) }

    func run<Row>(_ call: Call<Row>) async throws(DatabaseFailure) -> Int {
        wrote.store(true, ordering: .relaxed)
        return try await inner.run(call)
    }

    func send(_ orders: [Order]) async throws(DatabaseFailure) {
        wrote.store(true, ordering: .relaxed)
        try await inner.send(orders)
    }

    func announce() async throws(DatabaseFailure) { try await inner.announce() }
}
