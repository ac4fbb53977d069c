// OrchestratorShell · shell · sees Contracts, Policies, Ports, Telemetry, OrchestratorCore
package import Contracts

/// A dead letter and the bytes it came in.
package struct Corpse: Sendable {
    package let letter: DeadLetter
    package let body: [UInt8]

    package init(_ letter: DeadLetter, body: [UInt8]) {
        self.letter = letter
        self.body = body
    }
}

/// Some letters, and how many like them there are.
package struct FoundDead: Sendable {
    package let letters: [DeadLetter]
    package let total: Int

    package init(letters: [DeadLetter], total: Int) {
        self.letters = letters
        self.total = total
    }
}

/// Where dead letters are on record.
package protocol DeadBook: Sendable {
    /// Safe to repeat; one that has died before is dead again, and keeps what was known of it.
    func record(_ corpses: [Corpse]) async throws
    /// Oldest death first.
    func find(_ filter: DeadFilter, limit: Int) async throws -> FoundDead
    /// Kinds of letters that wait for a decision: how many, and since when the oldest.
    func kinds() async throws -> [(eventType: String, count: Int, oldest: Timestamp)]
    /// Only those that are dead are sent back; answers how many that are.
    func replay(_ filter: DeadFilter, by who: String, at now: Timestamp) async throws -> Int
    func drop(_ filter: DeadFilter, because reason: String) async throws -> Int
    /// Letters that are to be sent back, oldest first.
    func leaving(limit: Int) async throws -> [Corpse]
    func left(_ letters: [DeadLetter]) async throws
    /// The beginning of what it says, for whoever looks at one.
    func excerpt(of letter: DeadLetter) async throws -> String?
    /// Runs the work unless somebody else is at it.
    func alone(_ work: @Sendable () async throws -> Bool) async throws -> Bool?
}
