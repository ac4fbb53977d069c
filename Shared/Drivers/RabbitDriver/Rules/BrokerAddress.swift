// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
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
        let (beforeQuery, query) = Self.split(rest, at: "?")
        let (authority, path) = Self.split(beforeQuery, at: "/")
        let atSign = authority.lastIndex(of: "@")
        let place = atSign.map { authority[authority.index(after: $0)...] } ?? authority
        let (user, password) = Self.split(atSign.map { authority[..<$0] } ?? "guest:guest", at: ":")
        (host, self.port) = try Self.hostAndPort(place, standard: port)
        self.user = try Self.plain(user, "the user")
        self.password = try Self.plain(password ?? "", "the password")
        vhost = path.map { $0.isEmpty ? "/" : String($0) } ?? "/"
        vhost = try Self.plain(vhost[...], "the virtual host")
        self.usesTLS = usesTLS
        heartbeat = 10
        try readQuery(query ?? "")
    }

    private mutating func readQuery(_ query: Substring) throws(BusFailure) {
        for pair in query.split(separator: "&") {
            let (name, value) = Self.split(pair, at: "=")
            switch name {
            case "heartbeat":
                guard let seconds = value.flatMap({ Int($0) }), (1...600).contains(seconds) else {
                    throw Self.fault("heartbeat takes a number of seconds from 1 to 600")
                }
                heartbeat = seconds
            case "cacertfile":
                guard usesTLS else { throw Self.fault("cacertfile is for amqps:// only") }
                authorities = try Self.plain(value ?? "", "cacertfile")
            default:
                throw Self.fault("it has an option \"\(name)\"; there are heartbeat and cacertfile")
            }
        }
    }

    private static func hostAndPort(
        _ place: Substring, standard: UInt16
    ) throws(BusFailure) -> (host: String, port: UInt16) {
        var (host, port) = (place, Substring?.none)
        if place.hasPrefix("[") {
            guard let end = place.firstIndex(of: "]") else { throw fault("it names no host: \"[\" is never closed") }
            host = place[place.index(after: place.startIndex)..<end]
            let behind = place[place.index(after: end)...]
            if behind.hasPrefix(":") { port = behind.dropFirst() }
        } else {
            (host, port) = split(place, at: ":")
        }
        guard !host.isEmpty else { throw fault("it names no host") }
        guard let port else { return (String(host), standard) }
        guard let number = UInt16(port), number > 0 else { throw fault("\"\(port)\" is no port") }
        return (String(host), number)
    }

    private static func split(_ text: Substring, at mark: Character) -> (Substring, Substring?) {
        guard let place = text.firstIndex(of: mark) else { return (text, nil) }
        return (text[..<place], text[text.index(after: place)...])
    }

    /// `%2F` and its like become what they stand for.
    private static func plain(_ text: Substring, _ what: String) throws(BusFailure) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                throw fault("\(what) has a % that no two hexadecimal digits follow")
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard let plain = String(validating: bytes, as: UTF8.self) else { throw fault("\(what) is no UTF-8") }
        return plain
    }

    private static func fault(_ what: String) -> BusFailure {
        BusFailure(
            .refused, during: "open",
            cause: "the broker's URL cannot be used: \(what). Write amqp://user:password@host:5672/vhost")
    }

    /// For people: without the password.
    package var label: String { "\(usesTLS ? "amqps" : "amqp")://\(user)@\(host):\(port)/\(vhost == "/" ? "" : vhost)" }
}
