// HTTP · bytes · sees Contracts

/// A body in the pieces in which it comes. Whoever asks for the next piece lets the sender go on: nothing is read ahead
/// beyond a small bound. It is read once, by one reader.
package struct ByteStream: AsyncSequence, Sendable {
    private let next: @Sendable () async throws -> [UInt8]?

    /// `next` answers pieces that are not empty, then `nil`; it throws when the body ends before its end.
    package init(_ next: @escaping @Sendable () async throws -> [UInt8]?) { self.next = next }

    package static let empty = ByteStream { nil }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let next: @Sendable () async throws -> [UInt8]?
        package mutating func next() async throws -> [UInt8]? { try await self.next() }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(next: next) }

    /// The whole body, or a refusal as soon as it is longer than the limit.
    package func collect(upTo limit: Int) async throws -> [UInt8] {
        var whole: [UInt8] = []
        for try await piece in self {
            guard whole.count + piece.count <= limit else { throw BodyTooLong(limit: limit) }
            whole += piece
        }
        return whole
    }
}

package struct BodyTooLong: Error, Equatable, CustomStringConvertible {
    package let limit: Int

    package init(limit: Int) { self.limit = limit }

    package var description: String { "the body is longer than \(limit) bytes" }
}
