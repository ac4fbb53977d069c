// Embedded · adapters · sees Contracts, Ports, Policies, Telemetry, Wire, Lanes, SQLiteDriver
import Contracts
package import Ports
import Synchronization
import Wire

/// What was said lately, for displays.
extension EmbeddedBus {
    package func tail(from position: TailPosition) async throws(BusFailure) -> Arrivals<TailEntry> {
        let start: Int64 =
            switch position {
            case .first: 0
            case .after(let number): number
            case .now: try await transact("tail") { tx in try await tx.row(BusQueries.lastTold()) ?? 0 } ?? 0
            }
        let reader = TailReader(from: start)
        return Arrivals(
            next: { () async throws(BusFailure) in try await self.next(for: reader) },
            end: {
                reader.end()
                self.bells.ring(Self.tailBell)
            })
    }

    private func next(for reader: TailReader) async throws(BusFailure) -> [TailEntry]? {
        while true {
            guard let position = reader.position else { return nil }
            try mayWait()
            let count = bells.count(of: Self.tailBell)
            let rows = try await transact("tail") { tx in try await tx.rows(BusQueries.told(position, 256)) }
            if let last = rows.last {
                reader.read(to: last.0)
                return try rows.map { (row) throws(BusFailure) in try Self.entry(row) }
            }
            await bells.wait(at: Self.tailBell, after: count)
        }
    }

    private static func entry(_ row: (Int64, EventID, Topic, String, [UInt8])) throws(BusFailure) -> TailEntry {
        do {
            return TailEntry(
                position: row.0,
                letter: Letter(id: row.1, to: .topic(row.2), headers: try JSON.decode(from: row.3), body: row.4))
        } catch {
            throw BusFailure(.refused, during: "tail", cause: "\(error)")
        }
    }
}

/// How far somebody has read the tail.
private final class TailReader: Sendable {
    private let state: Mutex<Int64?>
    init(from position: Int64) { state = Mutex(position) }

    /// `nil` when it has ended.
    var position: Int64? { state.withLock { $0 } }
    func read(to position: Int64) { state.withLock { if $0 != nil { $0 = position } } }
    func end() { state.withLock { $0 = nil } }
}
