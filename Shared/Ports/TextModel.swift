// Ports · doors · sees Contracts
package import Contracts

/// What completes text, somewhere. Its answers are claims, to be checked by whoever asks.
package protocol TextModel: Sendable {
    /// As its provider calls it.
    var name: String { get }
    /// Where it is asked, without user and query.
    var provider: String { get }
    func complete(_ question: TextQuestion) async throws(TextFailure) -> TextAnswer
}

/// One turn of a conversation.
package struct TextTurn: Hashable, Sendable {
    package enum Role: String, Sendable {
        case system
        case user
        case assistant
    }

    package var role: Role
    package var text: String

    package init(_ role: Role, _ text: String) {
        self.role = role
        self.text = text
    }
}

package struct TextQuestion: Sendable {
    package var turns: [TextTurn]
    /// A JSON Schema of the answer, and its name.
    package var schema: JSONValue
    package var schemaName: String
    package var seed: UInt64
    /// In tokens.
    package var longestAnswer: Int
    /// How long the asker can wait, with all tries; nil: as long as it takes.
    package var patience: Duration?

    package init(
        _ turns: [TextTurn], schema: JSONValue, named schemaName: String, seed: UInt64, longestAnswer: Int = 8192,
        patience: Duration? = nil
    ) {
        self.turns = turns
        self.schema = schema
        self.schemaName = schemaName
        self.seed = seed
        self.longestAnswer = longestAnswer
        self.patience = patience
    }
}

package struct TextAnswer: Hashable, Sendable {
    package var text: String
    /// 0 where the provider does not say.
    package var promptTokens: Int
    package var answerTokens: Int
    /// How often it was asked.
    package var tries: Int

    package init(text: String, promptTokens: Int = 0, answerTokens: Int = 0, tries: Int = 1) {
        self.text = text
        self.promptTokens = promptTokens
        self.answerTokens = answerTokens
        self.tries = tries
    }
}

/// Why there is no answer. It never holds a key.
package struct TextFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case unreachable
        /// The provider will not: a wrong key, an unknown model, a question it does not take.
        case refused
        /// Too many questions at once, or the provider is in trouble; asked again, it was still so.
        case busy
        /// It began, or did not, and then said nothing for too long.
        case stalled
        /// What came is no answer.
        case broken
        /// The answer is longer than it may be.
        case cutShort
        case canceled
    }

    package let code: Code
    package let place: String
    package let cause: String
    package let tries: Int

    package init(_ code: Code, at place: String, _ cause: String, tries: Int) {
        self.code = code
        self.place = place
        self.cause = cause
        self.tries = tries
    }

    package var description: String { "\(place): \(cause) (\(code.rawValue), asked \(tries) times)" }
}
