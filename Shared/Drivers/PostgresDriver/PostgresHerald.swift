// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
import Lanes
import Policies
import Ports

/// Hears what other processes announce, on a connection of its own, and rings on its own account now and then.
///
/// Sendable because it is only touched on its lane.
final class PostgresHerald: @unchecked Sendable {
    /// Called with the server process that announced, or with none when something may have been missed.
    typealias Ring = (Int32?) -> Void

    private static let interval: Duration = .seconds(5)

    private let owner: String
    private let address: PostgresAddress
    private let manners: PostgresManners
    private let lane: Lane
    private let aside: Lane
    private var dialling: PostgresDialling?
    private var connection: PostgresConnection?
    private var ring: Ring = { _ in }
    private var failures = 0
    private var alarms: Set<UInt64> = []
    private var isClosed = false

    init(owner: String, address: PostgresAddress, manners: PostgresManners, lane: Lane, aside: Lane) {
        self.owner = owner
        self.address = address
        self.manners = manners
        self.lane = lane
        self.aside = aside
    }

    static func channel(of owner: String) -> String { "ainer_\(owner)" }

    func begin(_ ring: @escaping Ring) {
        self.ring = ring
        dial()
        remind()
    }

    func close() {
        isClosed = true
        ring = { _ in }
        for alarm in alarms { lane.callOff(alarm) }
        dialling?.giveUp()
        connection?.close()
        connection = nil
    }

    private func dial() {
        dialling = .dial(address, patience: manners.connecting, lane: lane, aside: aside) { [weak self] result in
            guard let self, !self.isClosed else { return }
            switch result {
            case .success(let handle): self.listen(on: PostgresConnection(handle, lane: self.lane, aside: self.aside))
            case .failure: self.again()
            }
        }
    }

    private func listen(on connection: PostgresConnection) {
        self.connection = connection
        connection.onLoss = { [weak self] _ in self?.again() }
        connection.onNotification = { [weak self] sender in self?.ring(sender) }
        let script = "LISTEN \"\(Self.channel(of: owner))\""
        connection.ask(.script(script, during: "listen"), patience: manners.silence) { [weak self] result in
            // A refusal ends the session, and its loss begins anew.
            guard case .success = result else { return connection.close() }
            self?.failures = 0
            // Whatever was announced before this was not heard.
            self?.ring(nil)
        }
    }

    private func again() {
        connection = nil
        guard !isClosed else { return }
        failures += 1
        set(after: manners.backoff.delay(after: failures)) { $0.dial() }
    }

    /// Notifications can be lost; a look too many costs next to nothing.
    private func remind() {
        set(after: Self.interval) { herald in
            herald.ring(nil)
            herald.remind()
        }
    }

    private func set(after delay: Duration, _ work: @escaping (PostgresHerald) -> Void) {
        var number: UInt64 = 0
        number = lane.ring(after: delay) { [weak self] in
            guard let self else { return }
            self.alarms.remove(number)
            work(self)
        }
        alarms.insert(number)
    }
}
