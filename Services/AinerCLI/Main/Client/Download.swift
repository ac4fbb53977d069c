// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation
import HTTP
import HTTPClientDriver

/// Brings outputs of a run into a folder. What was cut off goes on where it was; what arrives is what was promised.
struct Download: Sendable {
    let line: Line
    let folder: String

    /// The path of the file, which is there as a whole or not at all.
    func fetch(_ meta: ArtifactMeta, as name: String) async throws -> String {
        let path = folder + "/" + name
        guard let key = ObjectKey(hex: String(meta.checksum.dropFirst("sha256:".count))) else {
            throw Stop(.artifactMissing, status: ExitCode.failed, "\(meta.artifactID) has no checksum we can prove")
        }
        if try Self.hash(of: path) == key.hex { return path }
        // Named for its content: half of one is never gone on with as half of another.
        let part = "\(folder)/.\(key.hex.prefix(32)).part"
        for tries in 1... {
            do {
                try await append(meta, to: part)
                guard try Self.hash(of: part) != key.hex else { break }
                // A wrong beginning does not get right by more of it.
                unlink(part)
                guard tries < 2 else {
                    throw Stop(
                        .artifactMissing, status: ExitCode.failed,
                        "\(meta.artifactID) is not what its checksum says; nothing of it was kept")
                }
            } catch let failure as HTTPClientFailure where failure.isTransient && tries < 10 {
                try await Task.sleep(for: min(.milliseconds(200) * (1 << tries), .seconds(5)))
            }
        }
        guard rename(part, path) == 0 else { throw unwritable(path, String(cString: strerror(errno))) }
        return path
    }

    func makeFolder() throws {
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
            throw unwritable(folder, error.localizedDescription)
        }
    }

    /// Asks for what is missing; a server that knows no parts sends it all.
    private func append(_ meta: ArtifactMeta, to part: String) async throws {
        let descriptor = Glibc.open(part, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw unwritable(part, String(cString: strerror(errno))) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let there = try file.seekToEnd()
        if there > UInt64(meta.sizeBytes) { try file.truncate(atOffset: 0) }
        if there == UInt64(meta.sizeBytes), there > 0 { return }
        let isResumed = there > 0 && there < UInt64(meta.sizeBytes)
        let answer = try await line.open(
            "/api/v1/artifacts/\(meta.artifactID)/content", isResumed ? ["Range": "bytes=\(there)-"] : [:], redirects: 3
        )
        if answer.status != 206 { try file.truncate(atOffset: 0) }
        for try await piece in answer.body {
            do { try file.write(contentsOf: piece) } catch { throw unwritable(part, error.localizedDescription) }
        }
    }

    private func unwritable(_ path: String, _ cause: String) -> Stop {
        Stop(
            .outputUnwritable, status: ExitCode.unwritable,
            "cannot write \(path): \(cause)\ngive another folder: -o FOLDER")
    }

    /// Nil when there is no such file.
    private static func hash(of path: String) throws -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        var hash = SHA256()
        while let bytes = try file.read(upToCount: 1 << 20), !bytes.isEmpty { hash.update(Array(bytes)) }
        return hash.hex()
    }
}
