// Contracts · pure · sees nothing

/// The farm in one word and what stands behind it: what an operator reads first.
package struct FarmStatus: Codable, Equatable, Sendable {
    package enum Word: String, CaseIterable, Codable, Sendable {
        /// Work is under way.
        case active
        /// Nobody wants anything, and somebody could work.
        case idle
        /// Work waits that nobody can do now.
        case waiting
        /// There is nobody to work.
        case asleep
        /// A part does not answer, or dead letters want a decision.
        case troubled
    }

    package let status: Word
    /// What is wrong or waited for, the worst first, each with the command that helps.
    package let findings: [Finding]
    package var pools: [PoolView] = []
    /// How many nodes stand how.
    package var nodes: [String: Int] = [:]
    package var gatesWaiting = 0
    /// That want a decision.
    package var deadLetters = 0
    package let asOf: Timestamp

    package struct Finding: Codable, Equatable, Sendable {
        package let message: String
        package var remedy: String?

        package init(_ message: String, remedy: String? = nil) {
            self.message = message
            self.remedy = remedy
        }
    }

    package enum CodingKeys: String, CodingKey {
        case status
        case findings
        case pools
        case nodes
        case gatesWaiting = "gates_waiting"
        case deadLetters = "dead_letters"
        case asOf = "as_of"
    }

    package init(_ status: Word, _ findings: [Finding], asOf: Timestamp) {
        self.status = status
        self.findings = findings
        self.asOf = asOf
    }
}
