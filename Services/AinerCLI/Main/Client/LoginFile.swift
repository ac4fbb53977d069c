// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation
import Wire

/// What signing in gave, for the calls to come.
struct Login: Codable, Sendable, Equatable {
    var server: String
    var email: String
    var accessToken: String
    var refreshToken: String
    /// Seconds since 1970.
    var expiresAt: Double

    enum CodingKeys: String, CodingKey {
        case server
        case email
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case expiresAt = "expires_at"
    }

    /// A little early: the call still has to get there.
    var isStale: Bool { Date().timeIntervalSince1970 > expiresAt - 15 }
}

/// `login.json` of the data folder, which only its owner can read.
struct LoginFile: Sendable {
    let folder: String
    private var path: String { folder + "/login.json" }

    init(folder: String) { self.folder = folder }

    func read() throws -> Login? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }  // nobody signed in
        do { return try JSON.decode(Login.self, from: text) } catch {
            throw Stop(
                .settingsWrong, status: ExitCode.settings,
                "\(path) is not what `ainer login` writes\nsign in again: ainer logout, then ainer login URL")
        }
    }

    /// Beside first, then over, and never readable by others in between.
    func write(_ login: Login) throws {
        let draft = "\(path).\(getpid())"
        let text = Data(try JSON.encodePretty(login))
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw unwritable(error.localizedDescription) }
        guard
            FileManager.default.createFile(atPath: draft, contents: text, attributes: [.posixPermissions: 0o600]),
            rename(draft, path) == 0
        else { throw unwritable(String(cString: strerror(errno))) }
    }

    func remove() { unlink(path) }

    private func unwritable(_ cause: String) -> Stop {
        Stop(.outputUnwritable, status: ExitCode.unwritable, "cannot write \(path): \(cause)")
    }
}
