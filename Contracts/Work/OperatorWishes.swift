// Contracts · pure · sees nothing

/// What an operator wants of a node.
package struct NodeWish: Codable, Hashable, Sendable {
    package enum Verb: String, CaseIterable, Codable, Hashable, Sendable {
        /// It gets no new work; what it is at goes on.
        case cordon
        /// It gets no new work, finishes what it is at, and goes.
        case drain
        /// It gets work again, whatever kept it from it.
        case uncordon
    }

    package let verb: Verb
    package let reason: String

    package init(_ verb: Verb, because reason: String) {
        self.verb = verb
        self.reason = reason
    }
}

/// What an operator decides about dead letters.
package struct DeadWish: Codable, Hashable, Sendable {
    package enum Verb: String, CaseIterable, Codable, Hashable, Sendable {
        case replay
        case drop
    }

    package let verb: Verb
    package let filter: DeadFilter
    package let who: String
    /// Why it is dropped.
    package let reason: String
    package let isPlan: Bool

    package enum CodingKeys: String, CodingKey {
        case verb
        case filter
        case who
        case reason
        case isPlan = "is_plan"
    }

    package init(_ verb: Verb, _ filter: DeadFilter, by who: String, because reason: String, isPlan: Bool) {
        self.verb = verb
        self.filter = filter
        self.who = who
        self.reason = reason
        self.isPlan = isPlan
    }
}
