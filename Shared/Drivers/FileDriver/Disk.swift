// FileDriver · driver · sees Contracts, Ports, Telemetry, Lanes
import Contracts
import Foundation
import Ports

/// The file calls behind the store. Blocks its thread.
struct Disk: Sendable {
    let folder: String

    func path(of key: ObjectKey) -> String { folder + "/objects/" + key.path }

    func stagingPath(of name: String) throws(StoreFailure) -> String { try folder + "/staging/" + Self.checked(name) }
    func workPath(of name: String) throws(StoreFailure) -> String { try folder + "/work/" + Self.checked(name) }

    /// Parts of letters, digits, `.`, `_` and `-`, none of them a way up.
    static func checked(_ name: String) throws(StoreFailure) -> String {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.count <= 200 && !part.hasPrefix(".") && part.utf8.allSatisfy(isNameByte)
        }
        guard isPlain else {
            throw StoreFailure(.refused, during: "naming", cause: "\"\(name.prefix(80))\" is no name")
        }
        return name
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }

    func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    /// Something that is gone already is as good as forgotten.
    func forget(_ path: String) { try? FileManager.default.removeItem(atPath: path) }  // see the line above

    func make(_ path: String) throws(StoreFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Self.failure("make folder", path)
        }
    }

    /// A folder whose own entry, and those of the folders above it that are new too, outlive a power cut.
    private func makeLasting(_ path: String) throws(StoreFailure) {
        guard !path.isEmpty, !exists(path) else { return }
        let parent = Self.parent(of: path)
        try makeLasting(parent)
        try make(path)
        try flush(parent)
    }

    private static func parent(of path: String) -> String {
        String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }

    func empty(_ path: String) throws(StoreFailure) {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
            throw Self.failure("list", path)
        }
        for name in names { forget(path + "/" + name) }
    }

    /// Written, flushed to the disk, closed.
    func write(_ bytes: [UInt8], to path: String) throws(StoreFailure) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("create", path) }
        defer { close(descriptor) }
        try Self.write(bytes, into: descriptor, path)
        guard fsync(descriptor) == 0 else { throw Self.failure("flush", path) }
    }

    static func write(_ bytes: [UInt8], into descriptor: Int32, _ path: String) throws(StoreFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure("write", path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Moves a file so that after a power cut it is in one place or the other, whole.
    func move(_ from: String, to path: String) throws(StoreFailure) {
        try flush(from)
        let parent = Self.parent(of: path)
        try makeLasting(parent)
        guard unsafe rename(from, path) == 0 else { throw Self.failure("move", from) }
        try flush(parent)
    }

    private func flush(_ path: String) throws(StoreFailure) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Self.failure("flush", path) }
    }

    func bytes(at path: String) throws(StoreFailure) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw StoreFailure(.missing, during: "read", cause: "\(path): \(error.localizedDescription)")
        }
    }

    /// `nil` when there is no such file.
    func size(_ path: String) throws(StoreFailure) -> Int64? {
        var about = stat()
        guard unsafe stat(path, &about) == 0 else {
            if errno == ENOENT { return nil }
            throw Self.failure("look", path)
        }
        return Int64(about.st_size)
    }

    func hash(_ bytes: [UInt8]) throws(StoreFailure) -> ObjectKey { try Self.key(SHA256.hex(of: bytes)) }

    func hash(file path: String) throws(StoreFailure) -> StagedFile {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure("open", path) }
        defer { close(descriptor) }
        var hash = SHA256()
        var size: Int64 = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure("read", path) }
            if count == 0 { break }
            unsafe buffer.withUnsafeBytes { unsafe hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            size += Int64(count)
        }
        return StagedFile(key: try Self.key(hash.hex()), sizeBytes: size)
    }

    static func key(_ hex: String) throws(StoreFailure) -> ObjectKey {
        guard let key = ObjectKey(hex: hex) else {
            throw StoreFailure(.corrupt, during: "hash", cause: "\"\(hex)\" is no hash")
        }
        return key
    }

    /// Reads the error of the call just made.
    static func failure(_ during: String, _ path: String) -> StoreFailure {
        let number = errno
        let words = unsafe String(cString: strerror(number))
        let code: StoreFailure.Code =
            switch number {
            case ENOSPC, EDQUOT: .full
            case ENOENT: .missing
            case EACCES, EPERM, EROFS, EISDIR, ENOTDIR, ENAMETOOLONG: .refused
            default: .unreachable
            }
        return StoreFailure(code, during: during, cause: "\(path): \(words)")
    }
}
