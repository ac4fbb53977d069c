// Contracts · pure · sees nothing

/// One question to a model, as it is kept: what was asked, what came, what it took. Never a key.
package struct ModelCall: Codable, Hashable, Sendable {
    package enum Outcome: String, Codable, Hashable, Sendable {
        /// The answer had the shape that was asked for.
        case taken
        /// It had another shape; the next call asks again.
        case misshapen
        /// There was no answer.
        case failed
    }

    package var purpose: String
    /// Where it was asked, without user and query.
    package var provider: String
    package var model: String
    package var temperature: Double
    package var seed: UInt64
    package var longestAnswer: Int
    package var prompt: String
    package var answer: String
    package var promptTokens: Int
    package var answerTokens: Int
    package var latencyMS: Int
    package var tries: Int
    package var outcome: Outcome
    package var error: String?

    package enum CodingKeys: String, CodingKey {
        case purpose
        case provider
        case model
        case temperature
        case seed
        case longestAnswer = "max_tokens"
        case prompt
        case answer
        case promptTokens = "prompt_tokens"
        case answerTokens = "completion_tokens"
        case latencyMS = "latency_ms"
        case tries
        case outcome
        case error
    }

    package init(purpose: String, provider: String, model: String, seed: UInt64, longestAnswer: Int, prompt: String) {
        self.purpose = purpose
        self.provider = provider
        self.model = model
        self.temperature = 0
        self.seed = seed
        self.longestAnswer = longestAnswer
        self.prompt = prompt
        self.answer = ""
        self.promptTokens = 0
        self.answerTokens = 0
        self.latencyMS = 0
        self.tries = 0
        self.outcome = .failed
    }
}
