// Conformance · tests · sees Contracts, Ports
package import Ports
import Testing

/// What every coordination keeps, and how to find out.
package struct CoordinationPromise: Sendable, CustomTestStringConvertible {
    package let sentence: String
    /// Tries it in a namespace of its own.
    package let check: @Sendable (any Coordination) async throws -> Void

    package var testDescription: String { sentence }

    init(_ sentence: String, _ check: @escaping @Sendable (any Coordination) async throws -> Void) {
        self.sentence = sentence
        self.check = check
    }

    package static let all = holding + counting + hearing + streaming
}

// MARK: words the promises are written with

extension Coordination {
    /// Asks until it is so; the time of a server passes by itself.
    func until(_ isSo: (any Coordination) async throws -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(30)
        while try await !isSo(self) {
            guard .now < end else { return false }
            await Task.yield()
        }
        return true
    }
}

extension Listener {
    func gather(_ count: Int) async throws -> [Heard] {
        var found: [Heard] = []
        while found.count < count, let next = try await next() { found.append(next) }
        return found
    }
}
