// OrchestratorShell · shell · sees Contracts, Policies, Ports, Telemetry, OrchestratorCore
package import Contracts
package import Ports
package import Telemetry

/// Where operators look at dead letters and decide about them. Nothing here happens by itself: what is sent back is sent
/// by a person.
package struct DeadLetterDesk: Sendable {
    /// So many are shown of those that a decision is about.
    private static let shown = 20

    private let book: any DeadBook
    private let clock: any WallClock
    private let log: Log

    package init(book: any DeadBook, clock: any WallClock, log: Log) {
        self.book = book
        self.clock = clock
        self.log = log
    }

    package func page(_ filter: DeadFilter, limit: Int) async throws -> DeadPage {
        let now = clock.now()
        let freezes = try await book.kinds().compactMap {
            DeadFreeze($0.eventType, count: $0.count, oldest: $0.oldest, at: now)
        }
        return DeadPage(items: try await book.find(filter, limit: limit).letters, freezes: freezes, asOf: now)
    }

    /// The letters of one event, wherever it died.
    package func letters(of event: EventID) async throws -> [DeadLetter] {
        var letters = try await book.find(DeadFilter(eventIDs: [event]), limit: Self.shown).letters
        for index in letters.indices { letters[index].excerpt = try await book.excerpt(of: letters[index]) }
        return letters
    }

    /// Those about a run that wait for a decision.
    package func waiting(about run: RunID) async throws -> [DeadLetter] {
        try await book.find(DeadFilter(runID: run, state: .dead), limit: Self.shown).letters
    }

    package func decide(_ wish: DeadWish) async throws -> DeadDecision {
        let (filter, plan) = try await meant(wish.filter)
        guard !wish.isPlan else { return plan }
        let count: Int
        switch wish.verb {
        case .replay: count = try await book.replay(filter, by: wish.who, at: clock.now())
        case .drop: count = try await book.drop(filter, because: wish.reason)
        }
        log.notice(
            "an operator decided about dead letters", [.status: wish.verb.rawValue, .count: count, .cause: wish.who])
        return DeadDecision(isPlan: false, count: count, items: plan.items)
    }

    /// Only about those that wait for a decision can be decided.
    private func meant(_ filter: DeadFilter) async throws -> (DeadFilter, DeadDecision) {
        var filter = filter
        filter.state = .dead
        let found = try await book.find(filter, limit: Self.shown)
        return (filter, DeadDecision(isPlan: true, count: found.total, items: found.letters))
    }
}
