// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
import Lanes
import Ports
import Telemetry

/// Whoever waits for a connection, and the bell at the end of the patience.
struct Waiter {
    let pass: CheckedContinuation<Int, any Error>
    let alarm: UInt64
}

/// Does what the pool decides.
extension PostgresDatabase {
    /// The first connection: what stands in its way is told as it is.
    func connectOnce() async throws {
        let handle = try await withCheckedThrowingContinuation { waiter in
            PostgresDialling.dial(address, patience: manners.connecting, lane: lane, aside: aside) {
                waiter.resume(with: $0)
            }
        }
        perform(pool.adopted(keep(handle)))
    }

    /// The number of a connection that is the caller's until `giveBack`. Who is cancelled leaves the queue.
    func lend(forLong: Bool = false) async throws -> Int {
        try Task.checkCancellation()
        lastAsker += 1
        let number = lastAsker
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { pass in
                let alarm = lane.ring(after: manners.patience) { [weak self] in
                    self?.assumeIsolated { $0.perform($0.pool.timeUp(for: number)) }
                }
                waiters[number] = Waiter(pass: pass, alarm: alarm)
                perform(pool.ask(number, forLong: forLong))
            }
        } onCancel: {
            lane.perform { self.assumeIsolated { $0.withdraw(number) } }
        }
    }

    func giveBack(_ number: Int) {
        guard let connection = connections[number] else { return }
        let isSound = connection.lostBy == nil && !connection.isInTransaction
        perform(pool.giveBack(number, isSound: isSound))
        guard pool.isQuiet else { return }
        for watcher in onQuiet { watcher.resume() }
        onQuiet = []
    }

    func perform(_ effects: [ConnectionPool.Effect]) {
        for effect in effects {
            switch effect {
            case .dial: dial()
            case .lend(let connection, let asker): take(asker)?.resume(returning: connection)
            case .refuse(let asker, let refusal): take(asker)?.resume(throwing: failure(refusal))
            case .rest(let delay):
                _ = lane.ring(after: delay) { [weak self] in
                    self?.assumeIsolated { $0.perform($0.pool.rested()) }
                }
            case .hangUp(let connection): connections.removeValue(forKey: connection)?.close()
            }
        }
    }

    private func withdraw(_ number: Int) {
        pool.withdraw(number)
        take(number)?.resume(throwing: CancellationError())
    }

    private func take(_ number: Int) -> CheckedContinuation<Int, any Error>? {
        guard let waiter = waiters.removeValue(forKey: number) else { return nil }
        lane.callOff(waiter.alarm)
        return waiter.pass
    }

    private func dial() {
        lastDialling += 1
        let number = lastDialling
        let patience = manners.connecting
        diallings[number] = .dial(address, patience: patience, lane: lane, aside: aside) { [weak self] result in
            self?.assumeIsolated { database in
                database.diallings[number] = nil
                switch result {
                case .success(let handle):
                    database.perform(database.pool.dialled(database.keep(handle)))
                case .failure(let failure):
                    database.log.warning("the database cannot be reached", [.cause: failure])
                    database.perform(database.pool.dialFailed("\(failure.during): \(failure.cause)"))
                }
            }
        }
    }

    private func keep(_ handle: PostgresHandle) -> Int {
        let connection = PostgresConnection(handle, lane: lane, aside: aside)
        lastConnection += 1
        let number = lastConnection
        connections[number] = connection
        connection.onLoss = { [weak self] failure in
            self?.assumeIsolated { $0.lost(number, failure) }
        }
        return number
    }

    private func lost(_ number: Int, _ failure: DatabaseFailure) {
        log.debug("a database connection was lost", [.cause: failure])
        if pool.lost(number) { connections[number] = nil }
    }

    private func failure(_ refusal: ConnectionPool.Refusal) -> DatabaseFailure {
        switch refusal {
        case .closed: closed
        case .noneFree:
            DatabaseFailure(
                .timeout, during: "begin",
                cause: "all \(manners.connections) connections to \(address.place) were busy for \(manners.patience)")
        case .noneMade(let cause): DatabaseFailure(.unreachable, during: "begin", cause: cause)
        }
    }
}
