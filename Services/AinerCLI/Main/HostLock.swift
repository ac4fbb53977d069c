// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation
import Wire

/// Holds a data folder for one process. The kernel lets go when the process ends, however it ends.
final class HostLock: Sendable {
    private let descriptor: Int32

    /// Takes the folder, making it when it is missing; says who has it otherwise.
    init(folder: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Stop(
                .outputUnwritable, status: ExitCode.unwritable,
                "cannot make the data folder \(folder): \(error.localizedDescription)\n"
                    + "name another one: AINER_DATA=FOLDER")
        }
        let path = folder + "/host.lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Stop(
                .outputUnwritable, status: ExitCode.unwritable,
                "cannot open \(path): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""  // without it the message is vaguer
            close(descriptor)
            throw Stop(
                .folderInUse, status: ExitCode.inUse,
                "the data folder \(folder) is in use by another ainer \(holder)\n"
                    + "wait for it, or work in another folder: AINER_DATA=FOLDER")
        }
        write("{\"pid\":\(getpid())}\n")
    }

    /// Says where the API answers, for whoever wants to be its client.
    func note(port: Int) { write("{\"pid\":\(getpid()),\"port\":\(port)}\n") }

    /// Where the one who holds the folder answers; nil when nobody does, or it has no API.
    static func server(of folder: String) -> String? {
        guard let text = try? String(contentsOfFile: folder + "/host.lock", encoding: .utf8),  // there is none yet
            let holder = try? JSON.decode(Holder.self, from: text),  // nobody holds it, or not for us
            let port = holder.port, kill(holder.pid, 0) == 0 || errno == EPERM
        else { return nil }
        return "http://127.0.0.1:\(port)"
    }

    private struct Holder: Decodable {
        let pid: Int32
        let port: Int?
    }

    /// Only a hint; the lock is what counts.
    private func write(_ text: String) {
        ftruncate(descriptor, 0)
        _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    /// Nobody goes looking for us afterwards.
    deinit {
        ftruncate(descriptor, 0)
        close(descriptor)
    }
}
