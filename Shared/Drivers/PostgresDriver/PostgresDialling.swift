// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
import CPostgres
import Lanes
import Ports

/// One attempt to connect: the host is looked up on the side, where it may block; the rest is watched on the lane.
///
/// Sendable because it is only touched on its lane once the lookup has come back.
final class PostgresDialling: @unchecked Sendable {
    typealias Outcome = @Sendable (Result<PostgresHandle, DatabaseFailure>) -> Void

    private let address: PostgresAddress
    private let lane: Lane
    private let outcome: Outcome
    private var handle: PostgresHandle?
    private var watched: Int32?
    private var alarm: UInt64?
    private var isOver = false

    private init(address: PostgresAddress, lane: Lane, outcome: @escaping Outcome) {
        self.address = address
        self.lane = lane
        self.outcome = outcome
    }

    /// Begins, from the lane; `outcome` is called there once, unless it is given up.
    @discardableResult
    static func dial(
        _ address: PostgresAddress, patience: Duration, lane: Lane, aside: Lane, _ outcome: @escaping Outcome
    ) -> PostgresDialling {
        let dialling = PostgresDialling(address: address, lane: lane, outcome: outcome)
        dialling.alarm = lane.ring(after: patience) {
            dialling.finish(.failure(address.failure("no answer within \(patience)")))
        }
        aside.perform {
            let handle = PostgresHandle(words: address.words)
            lane.perform { dialling.begin(handle) }
        }
        return dialling
    }

    /// Hangs up, and nobody is told. Whoever closes the lane first would leave it waiting for ever.
    func giveUp() {
        isOver = true
        unwatch()
        if let alarm { lane.callOff(alarm) }
        handle = nil
    }

    private func begin(_ handle: PostgresHandle?) {
        guard !isOver else { return }
        guard let handle else { return finish(.failure(address.failure("no memory for a connection"))) }
        self.handle = handle
        guard !handle.isBroken else { return finish(.failure(address.failure(handle.complaint))) }
        watch(for: .writable)
    }

    private func goOn() {
        guard let handle, !isOver else { return }
        // libpq may close this descriptor now and go on with another.
        unwatch()
        switch handle.poll() {
        case PGRES_POLLING_READING: watch(for: .readable)
        case PGRES_POLLING_WRITING: watch(for: .writable)
        case PGRES_POLLING_OK:
            let isReady = handle.stopBlocking()
            finish(isReady ? .success(handle) : .failure(address.failure(handle.complaint)))
        default: finish(.failure(address.failure(handle.complaint)))
        }
    }

    private func finish(_ result: Result<PostgresHandle, DatabaseFailure>) {
        guard !isOver else { return }
        giveUp()
        outcome(result)
    }

    private func watch(for interest: Readiness) {
        guard let handle else { return }
        watched = handle.descriptor
        lane.watch(handle.descriptor, for: interest) { [self] _ in goOn() }
    }

    private func unwatch() {
        if let watched { lane.unwatch(watched) }
        watched = nil
    }
}
