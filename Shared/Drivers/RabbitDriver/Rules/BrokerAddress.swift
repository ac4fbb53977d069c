// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Policies
package import Ports

/// Where the broker is and how to be let in: `amqp://user:password@host:5672/vhost`, `amqps://` with TLS.
package struct BrokerAddress: Hashable, Sendable {
    package var host: String
    package var port: UInt16
    package var user: String
    package var password: String
    package var vhost: String
    package var usesTLS: Bool
    /// A file with the certificates to trust; the system's when there is none.
    package var authorities: String?
    /// The longest silence in seconds before the other side is taken for dead.
    package var heartbeat: Int

    /// Throws what is wrong with the text, and never repeats the password.
    package init(_ text: String) throws(BusFailure) {
        let schemes: [(String, Bool, UInt16)] = [("amqp://", false, 5672), ("amqps://", true, 5671)]
        guard let (scheme, usesTLS, port) = schemes.first(where: { text.hasPrefix($0.0) }) else {
            throw Self.fault("it begins with neither amqp:// nor amqps://")
        }
        let rest = text.dropFirst(scheme.count)
        let (beforeQuery, query) = ServerURL.split(rest, at: "?")
        let (authority, path) = ServerURL.split(beforeQuery, at: "/")
        let (login, place) = ServerURL.splitAuthority(authority)
        let (user, password) = ServerURL.split(login ?? "guest:guest", at: ":")
        do throws(ServerURL.Fault) {
            (host, self.port) = try ServerURL.hostAndPort(place, standard: port)
            self.user = try ServerURL.plain(user, "the user")
            self.password = try ServerURL.plain(password ?? "", "the password")
            vhost = try ServerURL.plain(path.flatMap { $0.isEmpty ? nil : $0 } ?? "/", "the virtual host")
        } catch {
            throw Self.fault(error.what)
        }
        self.usesTLS = usesTLS
        heartbeat = 10
        try readQuery(query ?? "")
    }

    private mutating func readQuery(_ query: Substring) throws(BusFailure) {
        for pair in query.split(separator: "&") {
            let (name, value) = ServerURL.split(pair, at: "=")
            switch name {
            case "heartbeat":
                guard let seconds = value.flatMap({ Int($0) }), (1...600).contains(seconds) else {
                    throw Self.fault("heartbeat takes a number of seconds from 1 to 600")
                }
                heartbeat = seconds
            case "cacertfile":
                guard usesTLS else { throw Self.fault("cacertfile is for amqps:// only") }
                do throws(ServerURL.Fault) { authorities = try ServerURL.plain(value ?? "", "cacertfile") } catch {
                    throw Self.fault(error.what)
                }
            default:
                throw Self.fault("it has an option \"\(name)\"; there are heartbeat and cacertfile")
            }
        }
    }

    private static func fault(_ what: String) -> BusFailure {
        BusFailure(
            .refused, during: "open",
            cause: "the broker's URL cannot be used: \(what). Write amqp://user:password@host:5672/vhost")
    }

    /// For people: without the password.
    package var label: String { "\(usesTLS ? "amqps" : "amqp")://\(user)@\(host):\(port)/\(vhost == "/" ? "" : vhost)" }
}
