// SimulationTests · tests · sees Contracts, Policies, Ports
import Contracts
import Policies
import Ports
import Synchronization

/// Objects in memory, in a store that is sometimes not there.
final class SimStore: ObjectStore {
    private struct State {
        var staged: [String: [UInt8]] = [:]
        var objects: [ObjectKey: [UInt8]] = [:]
        /// How often each name was asked for: whether it fails must not depend on who comes first.
        var asked: [String: Int] = [:]
    }

    private let fate: SimFate
    private let state = Mutex(State())

    init(fate: SimFate) { self.fate = fate }

    func stage(_ bytes: [UInt8], as name: String) -> StagedFile {
        state.withLock { $0.staged[name] = bytes }
        return Self.file(bytes)
    }

    func holds(_ key: ObjectKey) -> Bool { state.withLock { $0.objects[key] != nil } }
    func lose(_ name: String) { state.withLock { $0.staged[name] = nil } }

    func put(_ bytes: [UInt8]) async throws(StoreFailure) -> StagedFile {
        let file = Self.file(bytes)
        state.withLock { $0.objects[file.key] = bytes }
        return file
    }

    func promote(_ name: String, as key: ObjectKey) async throws(StoreFailure) {
        let times = state.withLock { state in
            state.asked[name, default: 0] += 1
            return state.asked[name] ?? 0
        }
        if !fate.isKind, Seed.unit(Seed.part(fate.seed, name), times) < 0.03 {
            throw StoreFailure(.unreachable, during: "promote", cause: "it is simulated")
        }
        let isThere = state.withLock { state in
            if let bytes = state.staged[name], Self.file(bytes).key == key { state.objects[key] = bytes }
            return state.objects[key] != nil
        }
        guard isThere else { throw StoreFailure(.missing, during: "promote", cause: "\(name) is not what it says") }
    }

    func discard(prefix: String) async throws(StoreFailure) {
        state.withLock { state in
            for name in state.staged.keys where name.hasPrefix(prefix + "/") { state.staged[name] = nil }
        }
    }

    func contains(_ key: ObjectKey) async throws(StoreFailure) -> Bool { state.withLock { $0.objects[key] != nil } }

    func size(of key: ObjectKey) async throws(StoreFailure) -> Int64? {
        state.withLock { $0.objects[key].map { Int64($0.count) } }
    }

    func read(_ key: ObjectKey) async throws(StoreFailure) -> [UInt8] {
        guard let bytes = state.withLock({ $0.objects[key] }) else {
            throw StoreFailure(.missing, during: "read", cause: "\(key)")
        }
        return bytes
    }

    func delete(_ key: ObjectKey) async throws(StoreFailure) { state.withLock { $0.objects[key] = nil } }

    private static func file(_ bytes: [UInt8]) -> StagedFile {
        guard let key = ObjectKey(hex: SHA256.hex(of: bytes)) else { preconditionFailure("a hash is a key") }
        return StagedFile(key: key, sizeBytes: Int64(bytes.count))
    }

    // MARK: what nobody asks here

    private static let idle = StoreFailure(.refused, during: "simulation", cause: "nobody needs it here")

    func fetch(_ key: ObjectKey) async throws(StoreFailure) -> String { throw Self.idle }
    func stage(_ file: String, as name: String) async throws(StoreFailure) -> StagedFile { throw Self.idle }
    func workFolder(for name: String) async throws(StoreFailure) -> String { throw Self.idle }
    func stage(
        _ pieces: Pieces, as name: String, announced: StagedFile?
    ) async throws(StoreFailure) -> StagedFile { throw Self.idle }
    func open(_ key: ObjectKey, _ part: Range<Int64>?) async throws(StoreFailure) -> Pieces { throw Self.idle }
    func list(_ shelf: ObjectShelf, _ ask: ListAsk) async throws(StoreFailure) -> ObjectPage { throw Self.idle }
    func link(_ act: ObjectAct, until: Timestamp) async throws(StoreFailure) -> ObjectLink { throw Self.idle }
}
