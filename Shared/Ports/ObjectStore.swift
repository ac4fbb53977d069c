// Ports · doors · sees Contracts
package import Contracts

package struct StoreFailure: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case missing
        case corrupt
        case full
        case unreachable
        case refused
    }

    package let code: Code
    package let during: String
    package let cause: String

    package init(_ code: Code, during: String, cause: String) {
        self.code = code
        self.during = during
        self.cause = cause
    }

    package var description: String { "store \(code.rawValue) during \(during): \(cause)" }
}

/// What a worker may do: read promoted objects, and leave outputs in its own staging place.
/// On a farm these are presigned URLs; on a laptop they are files.
package protocol Bench: Sendable {
    /// A local file with the object's bytes. It belongs to the store: read it, never write it.
    func fetch(_ key: ObjectKey) async throws(StoreFailure) -> String
    /// The object's bytes, for what is small enough to hold.
    func read(_ key: ObjectKey) async throws(StoreFailure) -> [UInt8]
    /// Moves a finished local file into staging under the name and answers its hash and size.
    func stage(_ file: String, as name: String) async throws(StoreFailure) -> StagedFile
    /// An empty folder on the same disk as staging, for one attempt; the attempt deletes it.
    func workFolder(for name: String) async throws(StoreFailure) -> String
}

/// Where a worker finds a bench for each attempt.
package protocol BenchHall: Sendable {
    /// `links` are what the ticket lends; nil where a worker needs none.
    func bench(with links: TicketLinks?) -> any Bench
    /// What was too big to be carried, from where a letter says it lies.
    func bytes(of key: ObjectKey, by link: ObjectLink?) async throws(StoreFailure) -> [UInt8]
}

package struct StagedFile: Hashable, Sendable {
    package let key: ObjectKey
    package let sizeBytes: Int64

    package init(key: ObjectKey, sizeBytes: Int64) {
        self.key = key
        self.sizeBytes = sizeBytes
    }
}

/// Bytes in pieces, as they come; asked for by one reader, once.
package typealias Pieces = any AsyncSequence<[UInt8], any Error> & Sendable

/// Immutable bytes under their own SHA-256, and beside them a staging place whose files become objects.
///
/// Names in staging are parts of letters, digits, `.`, `_` and `-` between slashes; every other is refused.
package protocol ObjectStore: Bench {
    func put(_ bytes: [UInt8]) async throws(StoreFailure) -> StagedFile
    /// Leaves the pieces in staging under the name, as one file or not at all. What is not what was announced is refused as
    /// corrupt.
    func stage(
        _ pieces: Pieces, as name: String, announced: StagedFile?
    ) async throws(StoreFailure) -> StagedFile
    /// Turns a staged file into an object. Safe to repeat: an object that is already there is success.
    func promote(_ name: String, as key: ObjectKey) async throws(StoreFailure)
    /// Forgets what is staged under this name, and under all names below it.
    func discard(prefix: String) async throws(StoreFailure)
    func contains(_ key: ObjectKey) async throws(StoreFailure) -> Bool
    /// How long it is; `nil` when there is no such object.
    func size(of key: ObjectKey) async throws(StoreFailure) -> Int64?
    /// The object's bytes as they are read, or those of a part that lies wholly within it.
    func open(_ key: ObjectKey, _ part: Range<Int64>?) async throws(StoreFailure) -> Pieces
    /// What is there, sorted by the bytes of the names, from behind `after`, at most so many at a time.
    func list(_ shelf: ObjectShelf, _ ask: ListAsk) async throws(StoreFailure) -> ObjectPage
    /// Forgets an object. One that is gone already is as good as forgotten.
    func delete(_ key: ObjectKey) async throws(StoreFailure)
    /// A link with which anybody may do this one thing until then, without a name or a secret.
    func link(_ act: ObjectAct, until: Timestamp) async throws(StoreFailure) -> ObjectLink
}

package enum ObjectShelf: Sendable {
    /// Names are `sha256/<aa>/<hex>`.
    case objects
    case staging
}

package struct ListAsk: Sendable, Hashable {
    package var prefix: String
    package var after: String?
    package var most: Int

    package init(prefix: String = "", after: String? = nil, most: Int = 1000) {
        self.prefix = prefix
        self.after = after
        self.most = most
    }
}

package struct ObjectPage: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        package let name: String
        package let sizeBytes: Int64

        package init(name: String, sizeBytes: Int64) {
            self.name = name
            self.sizeBytes = sizeBytes
        }
    }

    package let entries: [Entry]
    /// The `after` of the next page; `nil` when this is the last.
    package let next: String?

    package init(entries: [Entry], next: String?) {
        self.entries = entries
        self.next = next
    }
}

/// What a link is for.
package enum ObjectAct: Sendable, Hashable {
    case get(ObjectKey)
    /// Leaves bytes in staging under a name; when they were announced, exactly those.
    case put(String, announced: StagedFile?)
}
