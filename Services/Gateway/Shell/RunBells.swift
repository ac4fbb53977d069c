// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import Ports
import Synchronization
package import Telemetry

/// Wakes whoever follows a run: here at once, in the other gateways over coordination. A ring that is lost costs time and
/// nothing else: now and then the view is asked what has changed.
package final class RunBells: Sendable {
    private static let channel = "gateway.runs"

    private let bells = Mutex<[RunID: Counted]>([:])
    private let coordination: any Coordination
    private let clock: any WallClock
    private let log: Log

    private struct Counted {
        let bells = Bells()
        let feed: RunFeed
        var listeners = 0
    }

    package init(coordination: any Coordination, clock: any WallClock, log: Log) {
        self.coordination = coordination
        self.clock = clock
        self.log = log
    }

    /// Listens as long as the work goes on. `read` brings what the feed that all listeners share has not yet.
    func listening<Value: Sendable>(
        to run: RunID, reading read: @escaping RunFeed.Read,
        _ work: (RunFeed, AsyncStream<Void>) async throws -> Value
    ) async rethrows -> Value {
        let (feed, rings) = enter(run, read)
        defer { leave(run) }
        return try await work(feed, rings)
    }

    private func enter(_ run: RunID, _ read: @escaping RunFeed.Read) -> (RunFeed, AsyncStream<Void>) {
        bells.withLock { all in
            var counted = all[run] ?? Counted(feed: RunFeed(read))
            counted.listeners += 1
            all[run] = counted
            return (counted.feed, counted.bells.listen())
        }
    }

    private func leave(_ run: RunID) {
        bells.withLock { all in
            guard var counted = all[run] else { return }
            counted.listeners -= 1
            all[run] = counted.listeners == 0 ? nil : counted
        }
    }

    /// After the commit that changed them.
    package func ring(_ runs: Set<RunID>) async {
        ringHere(runs)
        let names = runs.sorted().map(\.rawValue)
        for start in stride(from: 0, to: names.count, by: 64) {
            let part = names[start..<min(start + 64, names.count)].joined(separator: "\n")
            do { try await coordination.publish(Array(part.utf8), to: Self.channel) } catch {
                log.debug("other gateways were not told of a change", [.cause: "\(error)"])
            }
        }
    }

    private func ringHere(_ runs: some Sequence<RunID>) {
        let rung = bells.withLock { all in runs.compactMap { all[$0] } }
        for one in rung {
            // Before its listeners wake: none of them may take what is in it for the newest.
            one.feed.ring()
            one.bells.ring()
        }
    }

    /// Makes up for rings that were lost, until cancelled: `changed` answers which runs have changed since then.
    package func mend(
        every pause: Duration = .seconds(5), _ changed: (Timestamp) async throws -> [RunID]
    ) async {
        var seen = clock.now()
        while !Task.isCancelled {
            try? await clock.sleep(until: clock.now() + pause)  // cancelled: the loop sees it
            guard bells.withLock({ !$0.isEmpty }) else { continue }
            let now = clock.now()
            do {
                ringHere(try await changed(seen + (.zero - pause)))
                seen = now
            } catch {
                if Task.isCancelled { return }
                log.notice("nobody knows which runs have changed", [.cause: "\(error)"])
            }
        }
    }

    /// Hears what other gateways have written, until cancelled.
    package func hearOthers() async {
        while !Task.isCancelled {
            do {
                let listener = try await coordination.listen(to: Self.channel, depth: 1024)
                try await hear(listener)
            } catch {
                if Task.isCancelled { return }
                log.notice("changes of other gateways are not heard", [.cause: "\(error)"])
            }
            try? await clock.sleep(until: clock.now() + .seconds(1))  // cancelled: the loop sees it
        }
    }

    private func hear(_ listener: Listener) async throws {
        do {
            while let heard = try await listener.next() {
                guard case .said(let bytes) = heard else { continue }
                let names = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
                ringHere(names.compactMap { RunID(rawValue: String($0)) })
            }
        } catch {
            await listener.end()
            throw error
        }
        await listener.end()
    }
}
