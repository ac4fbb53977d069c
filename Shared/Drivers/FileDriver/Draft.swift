// FileDriver · driver · sees Contracts, Ports, Telemetry, Lanes
import Contracts
import Foundation
import Ports

/// A file that is being written and has no name yet.
///
/// Sendable because it is only touched on the store's lane, one call after the other.
final class Draft: @unchecked Sendable {
    let path: String
    private let limit: Int64?
    private var descriptor: Int32 = -1
    private var hash = SHA256()
    private var size: Int64 = 0

    init(path: String, limit: Int64?) {
        self.path = path
        self.limit = limit
    }

    deinit { abandon() }

    func open() throws(StoreFailure) {
        descriptor = unsafe Foundation.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Disk.failure("create", path) }
    }

    func write(_ bytes: [UInt8]) throws(StoreFailure) {
        size += Int64(bytes.count)
        if let limit, size > limit {
            throw StoreFailure(.corrupt, during: "stage", cause: "there is more than the \(limit) bytes announced")
        }
        hash.update(bytes)
        try Disk.write(bytes, into: descriptor, path)
    }

    func close() throws(StoreFailure) -> StagedFile {
        abandon()
        return StagedFile(key: try Disk.key(hash.hex()), sizeBytes: size)
    }

    func abandon() {
        if descriptor >= 0 { _ = Foundation.close(descriptor) }
        descriptor = -1
    }
}

/// An open file of which a part is read.
///
/// Sendable because it is only touched on the store's lane, one call after the other.
final class PartReader: @unchecked Sendable {
    private let path: String
    private let descriptor: Int32
    private var part: Range<Int64>

    private static let pieceSize = 256 << 10

    init(_ path: String, _ part: Range<Int64>) throws(StoreFailure) {
        self.path = path
        self.part = part
        descriptor = unsafe Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Disk.failure("open", path) }
    }

    deinit { _ = Foundation.close(descriptor) }

    func next() throws(StoreFailure) -> [UInt8]? {
        guard !part.isEmpty else { return nil }
        var piece = [UInt8](repeating: 0, count: Int(min(Int64(Self.pieceSize), part.upperBound - part.lowerBound)))
        let offset = part.lowerBound
        let count = unsafe piece.withUnsafeMutableBytes {
            unsafe pread(descriptor, $0.baseAddress, $0.count, Int(offset))
        }
        guard count > 0 else { throw Disk.failure("read", path) }
        piece.removeLast(piece.count - count)
        part = part.lowerBound + Int64(count)..<part.upperBound
        return piece
    }
}

/// What a file gives, piece by piece.
struct FilePieces: AsyncSequence, Sendable {
    let read: @Sendable () async throws -> [UInt8]?

    struct AsyncIterator: AsyncIteratorProtocol {
        let read: @Sendable () async throws -> [UInt8]?
        mutating func next() async throws -> [UInt8]? { try await read() }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(read: read) }
}

// MARK: what is there

extension Disk {
    /// Looks into those folders only that may hold what is asked for.
    func list(_ part: String, _ ask: ListAsk) throws(StoreFailure) -> ObjectPage {
        guard ask.most > 0 else {
            throw StoreFailure(.refused, during: "list", cause: "a page holds one name at least")
        }
        var found: [String] = []
        try gather("", in: folder + "/" + part, ask, &found)
        found.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var entries: [ObjectPage.Entry] = []
        for name in found.prefix(ask.most) {
            // What has gone meanwhile is not there.
            guard let size = try size("\(folder)/\(part)/\(name)") else { continue }
            entries.append(ObjectPage.Entry(name: name, sizeBytes: size))
        }
        return ObjectPage(entries: entries, next: found.count > ask.most ? found[ask.most - 1] : nil)
    }

    private func gather(_ name: String, in root: String, _ ask: ListAsk, _ found: inout [String]) throws(StoreFailure) {
        guard let folder = unsafe opendir(name.isEmpty ? root : root + "/" + name) else {
            // Emptied and taken away meanwhile.
            if errno == ENOENT || errno == ENOTDIR { return }
            throw Disk.failure("list", root)
        }
        defer { unsafe closedir(folder) }
        while let entry = unsafe readdir(folder) {
            let part = unsafe withUnsafePointer(to: &entry.pointee.d_name) { place in
                unsafe place.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            guard !part.hasPrefix(".") else { continue }
            let whole = name.isEmpty ? part : name + "/" + part
            if unsafe entry.pointee.d_type == UInt8(DT_DIR) {
                if Self.mayHold(whole + "/", ask) { try gather(whole, in: root, ask, &found) }
            } else if whole.hasPrefix(ask.prefix),
                ask.after.map({ $0.utf8.lexicographicallyPrecedes(whole.utf8) }) ?? true
            {
                found.append(whole)
            }
        }
    }

    /// Whether a name that begins with this folder may be asked for.
    private static func mayHold(_ folder: String, _ ask: ListAsk) -> Bool {
        guard folder.hasPrefix(ask.prefix) || ask.prefix.hasPrefix(folder) else { return false }
        guard let after = ask.after, !after.hasPrefix(folder) else { return true }
        return after.utf8.lexicographicallyPrecedes(folder.utf8)
    }
}
