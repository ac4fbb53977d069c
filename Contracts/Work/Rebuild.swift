// Contracts · pure · sees nothing

/// How a broker that lost everything is filled again.
package struct RebuildWish: Codable, Hashable, Sendable {
    /// What was said from then on is said again; whoever has heard it knows its number and hears nothing new.
    package let since: Timestamp
    /// Only to be told what would be said.
    package let isPlan: Bool

    package enum CodingKeys: String, CodingKey {
        case since
        case isPlan = "is_plan"
    }

    package init(since: Timestamp, isPlan: Bool) {
        self.since = since
        self.isPlan = isPlan
    }
}

/// What is said again.
package struct Rebuild: Codable, Hashable, Sendable {
    package var isPlan: Bool
    package var since: Timestamp
    /// Letters to topics.
    package var letters: Int
    /// Tickets that are made anew.
    package var tickets: Int

    package enum CodingKeys: String, CodingKey {
        case isPlan = "is_plan"
        case since
        case letters
        case tickets
    }

    package init(_ wish: RebuildWish, letters: Int, tickets: Int = 0) {
        isPlan = wish.isPlan
        since = wish.since
        self.letters = letters
        self.tickets = tickets
    }

    package func joined(with other: Rebuild) -> Rebuild {
        var both = self
        both.letters += other.letters
        both.tickets += other.tickets
        return both
    }
}
