// Conformance · tests · sees Contracts, Ports
package import Contracts
package import Ports
import Testing

/// Where one promise is tried: an empty store of its own, and somebody who follows its links.
package struct ObjectWorld: Sendable {
    package let store: any ObjectStore
    /// An empty folder for files of ours.
    package let folder: String
    package let now: Timestamp
    /// Sends what a link says, at that time, with these bytes; answers status and body.
    package let follow: @Sendable (ObjectLink, [UInt8], Timestamp) async throws -> (status: Int, body: [UInt8])
    /// Whether whoever serves the links looks at their signatures; a stand-in for S3 does not.
    package let checksLinks: Bool

    package init(
        store: any ObjectStore, folder: String, now: Timestamp, checksLinks: Bool,
        follow: @escaping @Sendable (ObjectLink, [UInt8], Timestamp) async throws -> (status: Int, body: [UInt8])
    ) {
        self.store = store
        self.folder = folder
        self.now = now
        self.checksLinks = checksLinks
        self.follow = follow
    }
}

/// What every object store keeps, and how to find out.
package struct ObjectPromise: Sendable, CustomTestStringConvertible {
    package let sentence: String
    package let check: @Sendable (ObjectWorld) async throws -> Void

    package var testDescription: String { sentence }

    package init(_ sentence: String, _ check: @escaping @Sendable (ObjectWorld) async throws -> Void) {
        self.sentence = sentence
        self.check = check
    }

    package static let all = keeping + staging + linking
}

// MARK: words the promises are written with

/// Pieces that are made while they are asked for.
struct Drip: AsyncSequence, Sendable {
    let count: Int
    let piece: @Sendable (Int) throws -> [UInt8]

    init(_ count: Int, _ piece: @escaping @Sendable (Int) throws -> [UInt8]) {
        self.count = count
        self.piece = piece
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        let drip: Drip
        var number = 0

        mutating func next() async throws -> [UInt8]? {
            guard number < drip.count else { return nil }
            defer { number += 1 }
            return try drip.piece(number)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(drip: self) }
}

struct BrokenOff: Error {}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

func key(_ text: String) -> ObjectKey? { ObjectKey(hex: SHA256.hex(of: bytes(text))) }

extension ObjectStore {
    func leave(_ text: String, as name: String) async throws -> StagedFile {
        try await stage(Drip(1) { _ in bytes(text) }, as: name, announced: nil)
    }

    func text(_ key: ObjectKey, _ part: Range<Int64>? = nil) async throws -> String {
        var whole: [UInt8] = []
        for try await piece in try await open(key, part) { whole += piece }
        return String(decoding: whole, as: UTF8.self)
    }

    func names(_ shelf: ObjectShelf, _ prefix: String = "") async throws -> [String] {
        try await list(shelf, ListAsk(prefix: prefix)).entries.map(\.name)
    }
}

/// Why the store would not.
func refusal(_ work: () async throws -> Void) async -> StoreFailure.Code? {
    do {
        try await work()
        return nil
    } catch { return (error as? StoreFailure)?.code }
}
