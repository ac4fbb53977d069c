// FileDriver · driver · sees Contracts, Ports, Telemetry, Lanes
package import Contracts
import Lanes
package import Ports

/// Artifacts as files of the data folder: `objects/sha256/<aa>/<hex>`, with a staging place beside.
///
/// Everything that touches the disk runs on one lane: the disk is one, and the cooperative pool must not wait for it.
package final class FolderStore: ObjectStore {
    private let disk: Disk
    private let lane = Lane("store")

    private init(disk: Disk) { self.disk = disk }

    deinit { lane.close() }

    /// Opens the folder. Work folders of attempts that were cut off are emptied: nobody comes back to them.
    package static func open(folder: String) async throws(StoreFailure) -> FolderStore {
        let store = FolderStore(disk: Disk(folder: folder))
        try await store.on("open") { disk throws(StoreFailure) in
            for part in ["objects", "staging", "work"] { try disk.make(folder + "/" + part) }
            try disk.empty(folder + "/work")
        }
        return store
    }

    package func put(_ bytes: [UInt8]) async throws(StoreFailure) -> StagedFile {
        try await on("put") { disk throws(StoreFailure) in
            let file = try StagedFile(key: disk.hash(bytes), sizeBytes: Int64(bytes.count))
            guard !disk.exists(disk.path(of: file.key)) else { return file }
            let draft = disk.folder + "/staging/put-" + file.key.hex
            try disk.write(bytes, to: draft)
            try disk.move(draft, to: disk.path(of: file.key))
            return file
        }
    }

    package func fetch(_ key: ObjectKey) async throws(StoreFailure) -> String {
        try await on("fetch") { disk throws(StoreFailure) in
            let path = disk.path(of: key)
            guard disk.exists(path) else {
                throw StoreFailure(.missing, during: "fetch", cause: "there is no object \(key.hex)")
            }
            return path
        }
    }

    package func read(_ key: ObjectKey) async throws(StoreFailure) -> [UInt8] {
        try await on("read") { disk throws(StoreFailure) in try disk.bytes(at: disk.path(of: key)) }
    }

    package func stage(_ file: String, as name: String) async throws(StoreFailure) -> StagedFile {
        try await on("stage") { disk throws(StoreFailure) in
            let place = try disk.stagingPath(of: name)
            let staged = try disk.hash(file: file)
            try disk.move(file, to: place)
            return staged
        }
    }

    package func promote(_ name: String, as key: ObjectKey) async throws(StoreFailure) {
        try await on("promote") { disk throws(StoreFailure) in
            let place = try disk.stagingPath(of: name)
            guard !disk.exists(disk.path(of: key)) else { return disk.forget(place) }
            guard disk.exists(place) else {
                throw StoreFailure(.missing, during: "promote", cause: "neither \(name) nor its object is there")
            }
            let found = try disk.hash(file: place)
            guard found.key == key else {
                throw StoreFailure(.corrupt, during: "promote", cause: "\(name) is not what was announced")
            }
            try disk.move(place, to: disk.path(of: key))
        }
    }

    package func discard(prefix: String) async throws(StoreFailure) {
        try await on("discard") { disk throws(StoreFailure) in disk.forget(try disk.stagingPath(of: prefix)) }
    }

    package func contains(_ key: ObjectKey) async throws(StoreFailure) -> Bool {
        try await on("contains") { disk in disk.exists(disk.path(of: key)) }
    }

    package func workFolder(for name: String) async throws(StoreFailure) -> String {
        try await on("work folder") { disk throws(StoreFailure) in
            let path = try disk.workPath(of: name)
            disk.forget(path)
            try disk.make(path)
            return path
        }
    }

    private func on<Value: Sendable>(
        _ during: String, _ work: @escaping @Sendable (Disk) throws(StoreFailure) -> Value
    ) async throws(StoreFailure) -> Value {
        let disk = disk
        do {
            return try await lane.run { try work(disk) }
        } catch let failure as StoreFailure {
            throw failure
        } catch {
            throw StoreFailure(.unreachable, during: during, cause: "\(error)")
        }
    }
}
