// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
import GatewayCore
import Synchronization

/// What is said about one run, read once for all who follow it: a ring that ten thousand hear is one question.
final class RunFeed: Sendable {
    typealias Read = @Sendable (_ after: Int, _ limit: Int) async throws -> EventPage

    /// Whoever is further behind reads for himself.
    private static let longestWindow = 1000
    private static let page = 200

    private struct State {
        var rings = 0
        /// How often it had rung when the window was read to its end.
        var readAt: Int?
        /// The number before the first of the window.
        var base: Int?
        var window: [HeardEvent] = []
        var isOver = false
        var flight: (rings: Int, task: Task<Void, any Error>)?

        var last: Int? { window.last?.number ?? base }

        func news(after number: Int) -> EventPage {
            let skipped = number - (base ?? number)
            return EventPage(isOver: isOver, events: Array(window.dropFirst(skipped)))
        }

        mutating func take(_ news: EventPage) {
            isOver = news.isOver
            window += news.events
            let surplus = window.count - RunFeed.longestWindow
            guard surplus > 0 else { return }
            base = window[surplus - 1].number
            window.removeFirst(surplus)
        }
    }

    private enum Way {
        case known(EventPage)
        case behind
        case await(Task<Void, any Error>)
    }

    private let state = Mutex(State())
    private let read: Read

    init(_ read: @escaping Read) { self.read = read }

    /// From now on what was read may be old.
    func ring() { state.withLock { $0.rings += 1 } }

    /// What is behind the number, as it is by the last ring or later; over it is only with all that was said before.
    func news(after number: Int) async throws -> EventPage {
        while true {
            switch way(after: number) {
            case .known(let news): return news
            case .behind: return try await read(number, Self.page)
            case .await(let flight): try await flight.value
            }
        }
    }

    private func way(after number: Int) -> Way {
        state.withLock { state in
            if let base = state.base, number < base { return .behind }
            if state.readAt == state.rings { return .known(state.news(after: number)) }
            if let flight = state.flight, flight.rings == state.rings { return .await(flight.task) }
            if state.base == nil { state.base = number }
            let (rings, other) = (state.rings, state.flight?.task)
            // Nobody's own: who hangs up does not stop the others.
            let task = Task { try await self.readOn(as: rings, behind: other) }
            state.flight = (rings, task)
            return .await(task)
        }
    }

    /// One reads at a time: what the one before brought is not asked for again.
    private func readOn(as rings: Int, behind other: Task<Void, any Error>?) async throws {
        _ = await other?.result
        do {
            while true {
                let news = try await read(state.withLock { $0.last ?? 0 }, Self.page)
                state.withLock { $0.take(news) }
                if news.events.count < Self.page { break }
            }
            state.withLock { $0.readAt = max(rings, $0.readAt ?? rings) }
        } catch {
            // Whoever asks next tries again.
            state.withLock { if $0.flight?.rings == rings { $0.flight = nil } }
            throw error
        }
    }
}
