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

package struct StagedFile: Hashable, Sendable {
    package let key: ObjectKey
    package let sizeBytes: Int64

    package init(key: ObjectKey, sizeBytes: Int64) {
        self.key = key
        self.sizeBytes = sizeBytes
    }
}

/// Immutable bytes under their own SHA-256.
package protocol ObjectStore: Bench {
    func put(_ bytes: [UInt8]) async throws(StoreFailure) -> StagedFile
    /// Turns a staged file into an object. Safe to repeat: an object that is already there is success.
    func promote(_ name: String, as key: ObjectKey) async throws(StoreFailure)
    /// Forgets everything staged under names with this prefix.
    func discard(prefix: String) async throws(StoreFailure)
    func contains(_ key: ObjectKey) async throws(StoreFailure) -> Bool
}
