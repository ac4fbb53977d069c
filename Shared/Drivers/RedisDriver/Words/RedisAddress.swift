// RedisDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CRedis
import Policies
package import Ports

/// Where Redis is and how to be let in: `redis://user:password@host:6379/0`.
package struct RedisAddress: Hashable, Sendable {
    package var host: String
    package var port: UInt16
    /// The server's default user when there is only a password.
    package var user: String?
    package var password: String?
    package var database: Int

    /// Throws what is wrong with the text, and never repeats the password.
    package init(_ text: String) throws(CoordinationFailure) {
        let scheme = "redis://"
        guard !text.hasPrefix("rediss://") else {
            throw Self.fault(
                "rediss:// asks for TLS, which is not spoken here. Reach Redis over a private network or through a "
                    + "tunnel that ends on this machine, and give the tunnel's address as redis://")
        }
        guard text.hasPrefix(scheme) else { throw Self.fault("it does not begin with redis://") }
        let (authority, path) = ServerURL.split(text.dropFirst(scheme.count), at: "/")
        let (login, place) = ServerURL.splitAuthority(authority)
        let (user, password) = login.map { ServerURL.split($0, at: ":") } ?? ("", nil)
        guard login == nil || password?.isEmpty == false else {
            throw Self.fault("it names a user without a password; a password alone is written :password@host")
        }
        do throws(ServerURL.Fault) {
            (host, port) = try ServerURL.hostAndPort(place, standard: 6379)
            self.user = user.isEmpty ? nil : try ServerURL.plain(user, "the user")
            self.password = try password.map { (text) throws(ServerURL.Fault) in
                try ServerURL.plain(text, "the password")
            }
        } catch {
            throw Self.fault(error.what)
        }
        let number = path ?? ""
        guard let database = number.isEmpty ? 0 : Int(number), (0...0xffff).contains(database) else {
            throw Self.fault("\"\(number)\" is no number of a database")
        }
        self.database = database
    }

    private static func fault(_ what: String) -> CoordinationFailure {
        CoordinationFailure(
            .refused, during: "open",
            cause: "the URL of Redis cannot be used: \(what). Write redis://user:password@host:6379/0")
    }

    /// For people: without the password.
    package var label: String { "redis://\(user.map { $0 + "@" } ?? "")\(host):\(port)/\(database)" }
}
