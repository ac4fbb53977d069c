// Sound · pure · sees Contracts, Policies

/// Why bytes did not become sound.
package struct SoundFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        /// Not a sound file, or not one we read.
        case unreadable
        /// Shorter than its own head says.
        case truncated
        /// The voice program answered, and refused.
        case refused
        /// The answer contradicts itself or the question.
        case inconsistent
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }
}
