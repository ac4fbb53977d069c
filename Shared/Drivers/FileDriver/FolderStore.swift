// FileDriver · driver · sees Contracts, Ports, Telemetry, Lanes
package import Contracts
import Lanes
package import Ports
import Synchronization

/// Artifacts as files of the data folder: `objects/sha256/<aa>/<hex>`, with a staging place beside.
///
/// Everything that touches the disk runs on one lane: the disk is one, and the cooperative pool must not wait for it.
package final class FolderStore: ObjectStore {
    private let disk: Disk
    private let links: FileLinks?
    private let lane = Lane("store")
    private let lastDraft = Atomic<UInt64>(0)

    private init(disk: Disk, links: FileLinks?) {
        self.disk = disk
        self.links = links
    }

    deinit { lane.close() }

    /// Opens the folder. Work folders of attempts that were cut off are emptied: nobody comes back to them.
    /// Without `links` it makes none.
    package static func open(folder: String, links: FileLinks? = nil) async throws(StoreFailure) -> FolderStore {
        let store = FolderStore(disk: Disk(folder: folder), links: links)
        try await store.on("open") { disk throws(StoreFailure) in
            for part in ["objects", "staging", "work"] { try disk.make(folder + "/" + part) }
            try disk.empty(folder + "/work")
        }
        return store
    }

    /// Looks into a folder that another process has opened: only what is complete is touched, and only read.
    package static func beside(folder: String) -> FolderStore { FolderStore(disk: Disk(folder: folder), links: nil) }

    package func put(_ bytes: [UInt8]) async throws(StoreFailure) -> StagedFile {
        let number = draftName()
        return try await on("put") { disk throws(StoreFailure) in
            let file = try StagedFile(key: disk.hash(bytes), sizeBytes: Int64(bytes.count))
            guard !disk.exists(disk.path(of: file.key)) else { return file }
            // Two may put the same at once, each with a draft of his own.
            let draft = disk.folder + "/work/\(number)"
            do throws(StoreFailure) {
                try disk.write(bytes, to: draft)
                try disk.move(draft, to: disk.path(of: file.key))
            } catch {
                disk.forget(draft)
                throw error
            }
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

    package func stage(
        _ pieces: Pieces, as name: String, announced: StagedFile?
    ) async throws(StoreFailure) -> StagedFile {
        let place = try disk.stagingPath(of: name)
        let draft = Draft(path: disk.folder + "/work/" + draftName(), limit: announced?.sizeBytes)
        do {
            try await on("stage") { _ throws(StoreFailure) in try draft.open() }
            for try await piece in pieces {
                try await on("stage") { _ throws(StoreFailure) in try draft.write(piece) }
            }
            return try await on("stage") { disk throws(StoreFailure) in
                let staged = try draft.close()
                guard announced == nil || announced == staged else {
                    throw StoreFailure(.corrupt, during: "stage", cause: "\(name) is not what was announced")
                }
                try disk.move(draft.path, to: place)
                return staged
            }
        } catch {
            // What was begun is nothing; the lane does it behind everything else.
            lane.perform { [disk] in
                draft.abandon()
                disk.forget(draft.path)
            }
            throw error as? StoreFailure
                ?? StoreFailure(.unreachable, during: "stage", cause: "what was to be staged broke off: \(error)")
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

    /// Keeps what comes as the object it is said to be, or nothing.
    package func keep(_ pieces: Pieces, as key: ObjectKey) async throws(StoreFailure) {
        let name = "keeping-\(draftName())"
        let staged = try await stage(pieces, as: name, announced: nil)
        guard staged.key == key else {
            try await discard(prefix: name)
            throw StoreFailure(.corrupt, during: "fetch", cause: "what came as \(key.hex) is something else")
        }
        try await promote(name, as: key)
    }

    package func discard(prefix: String) async throws(StoreFailure) {
        try await on("discard") { disk throws(StoreFailure) in disk.forget(try disk.stagingPath(of: prefix)) }
    }

    package func contains(_ key: ObjectKey) async throws(StoreFailure) -> Bool {
        try await on("contains") { disk in disk.exists(disk.path(of: key)) }
    }

    package func size(of key: ObjectKey) async throws(StoreFailure) -> Int64? {
        try await on("size") { disk throws(StoreFailure) in try disk.size(disk.path(of: key)) }
    }

    package func open(_ key: ObjectKey, _ part: Range<Int64>?) async throws(StoreFailure) -> Pieces {
        let reader = try await on("open") { disk throws(StoreFailure) in
            guard let size = try disk.size(disk.path(of: key)) else {
                throw StoreFailure(.missing, during: "open", cause: "there is no object \(key.hex)")
            }
            let part = part ?? 0..<size
            guard part.lowerBound >= 0, part.upperBound <= size else {
                throw StoreFailure(.refused, during: "open", cause: "\(key.hex) has only \(size) bytes")
            }
            return try PartReader(disk.path(of: key), part)
        }
        return FilePieces { [self] in try await on("read") { _ throws(StoreFailure) in try reader.next() } }
    }

    package func list(_ shelf: ObjectShelf, _ ask: ListAsk) async throws(StoreFailure) -> ObjectPage {
        try await on("list") { disk throws(StoreFailure) in
            try disk.list(shelf == .objects ? "objects" : "staging", ask)
        }
    }

    package func delete(_ key: ObjectKey) async throws(StoreFailure) {
        try await on("delete") { disk in disk.forget(disk.path(of: key)) }
    }

    package func link(_ act: ObjectAct, until: Timestamp) async throws(StoreFailure) -> ObjectLink {
        guard let links else {
            throw StoreFailure(.refused, during: "link", cause: "nobody serves links to this store")
        }
        return try links.link(act, until: until)
    }

    /// The file of something staged, for whoever sends it elsewhere.
    package func stagedFile(_ name: String) throws(StoreFailure) -> String { try disk.stagingPath(of: name) }

    /// The name, if it is one that every store takes.
    package static func checked(_ name: String) throws(StoreFailure) -> String { try Disk.checked(name) }

    package func workFolder(for name: String) async throws(StoreFailure) -> String {
        try await on("work folder") { disk throws(StoreFailure) in
            let path = try disk.workPath(of: name)
            disk.forget(path)
            try disk.make(path)
            return path
        }
    }

    /// A dot keeps it apart from what others call their work folders.
    private func draftName() -> String { ".draft-\(lastDraft.add(1, ordering: .relaxed).newValue)" }

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
