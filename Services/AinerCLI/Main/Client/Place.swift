// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation
import HTTP
import Settings

/// Which server is asked, and what it is shown. A key goes to nobody but the server it is for.
struct Place: Sendable {
    let url: String
    let token: String?
    /// Set when the token comes from signing in, and can be made fresh.
    let login: Login?

    /// Whom a command means.
    enum Aim: Sendable {
        /// This one, or the usual one.
        case server(String?)
        /// Whoever serves the data folder, whatever else is set.
        case folder
    }

    /// Found again before every call that may take long: a server that began anew has another port.
    static func find(_ settings: Settings, _ aim: Aim) throws -> Place {
        let here = HostLock.server(of: settings.dataFolder)
        guard case .server(let asked) = aim else {
            guard let here else { throw nobody }
            return Place(url: here, token: SecretFile.key(folder: settings.dataFolder).read(), login: nil)
        }
        let login = try LoginFile(folder: settings.dataFolder).read()
        guard let url = asked ?? settings.server ?? login?.server ?? here else { throw nobody }
        if let token = settings.token { return Place(url: plain(url), token: token.revealed, login: nil) }
        if let login, isSame(login.server, url) {
            return Place(url: plain(url), token: login.accessToken, login: login)
        }
        let isHere = here.map { isSame($0, url) } ?? false
        let key = isHere ? SecretFile.key(folder: settings.dataFolder).read() : nil
        return Place(url: plain(url), token: key, login: nil)
    }

    private static let nobody = Stop(
        .dependencyDown, status: ExitCode.unreachable,
        "no ainer serves here; start one: ainer serve\nor say where one is: --server URL, or ainer login URL")

    private static func plain(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }

    /// Both names of this machine are one.
    static func isSame(_ one: String, _ other: String) -> Bool {
        guard let one = WebURL(one), let other = WebURL(other) else { return false }
        func host(_ url: WebURL) -> String { url.host == "localhost" ? "127.0.0.1" : url.host }
        return one.scheme == other.scheme && host(one) == host(other) && one.knownPort == other.knownPort
    }
}
