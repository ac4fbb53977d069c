// GatewayCore · pure · sees Contracts, Policies
import Contracts

/// Which events somebody wants to hear: their names, `run.*` for all that begin so, `*` for everything.
package struct EventFilter: Codable, Hashable, Sendable {
    package static let everything = EventFilter(trusted: ["*"])
    /// Words for what has several names: what most clients want.
    private static let sayings: [String: Set<AinerEvent>] = [
        "run.finished": [.runSucceeded, .runFailed, .runCanceled],
        "run.waiting_approval": [.reviewRequested],
    ]

    package let words: [String]

    private init(trusted words: [String]) { self.words = words }

    /// Throws the place of the first word that can never be said.
    package init(_ words: [String]) throws(Unheard) {
        for (place, word) in words.enumerated() where !Self.canBeSaid(word) { throw Unheard(place: place, word: word) }
        self.words = words.isEmpty ? Self.everything.words : words
    }

    package struct Unheard: Error, Hashable {
        package let place: Int
        package let word: String

        package init(place: Int, word: String) {
            self.place = place
            self.word = word
        }
    }

    package func admits(_ type: String) -> Bool { words.contains { Self.isMeant(type, by: $0) } }

    private static func isMeant(_ type: String, by word: String) -> Bool {
        if word == "*" || word == type { return true }
        if let meant = sayings[word] { return meant.contains { $0.rawValue == type } }
        return word.hasSuffix(".*") && type.hasPrefix(word.dropLast())
    }

    private static func canBeSaid(_ word: String) -> Bool { names.contains { isMeant($0, by: word) } }

    private static let names = AinerEvent.allCases.map(\.rawValue)

    package init(from decoder: any Decoder) throws {
        self.init(trusted: try decoder.singleValueContainer().decode([String].self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(words)
    }
}
