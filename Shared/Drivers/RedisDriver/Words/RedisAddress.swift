// RedisDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CRedis
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
        let (authority, path) = Self.split(text.dropFirst(scheme.count), at: "/")
        let atSign = authority.lastIndex(of: "@")
        let place = atSign.map { authority[authority.index(after: $0)...] } ?? authority
        (host, port) = try Self.hostAndPort(place)
        (user, password) = (nil, nil)
        if let atSign {
            let (user, password) = Self.split(authority[..<atSign], at: ":")
            guard let password, !password.isEmpty else {
                throw Self.fault("it names a user without a password; a password alone is written :password@host")
            }
            self.user = user.isEmpty ? nil : try Self.plain(user, "the user")
            self.password = try Self.plain(password, "the password")
        }
        let number = path ?? ""
        guard let database = number.isEmpty ? 0 : Int(number), (0...0xffff).contains(database) else {
            throw Self.fault("\"\(number)\" is no number of a database")
        }
        self.database = database
    }

    private static func hostAndPort(_ place: Substring) throws(CoordinationFailure) -> (host: String, port: UInt16) {
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
        guard let port else { return (String(host), 6379) }
        guard let number = UInt16(port), number > 0 else { throw fault("\"\(port)\" is no port") }
        return (String(host), number)
    }

    private static func split(_ text: Substring, at mark: Character) -> (Substring, Substring?) {
        guard let place = text.firstIndex(of: mark) else { return (text, nil) }
        return (text[..<place], text[text.index(after: place)...])
    }

    /// `%2F` and its like become what they stand for.
    private static func plain(_ text: Substring, _ what: String) throws(CoordinationFailure) -> String {
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

    private static func fault(_ what: String) -> CoordinationFailure {
        CoordinationFailure(
            .refused, during: "open",
            cause: "the URL of Redis cannot be used: \(what). Write redis://user:password@host:6379/0")
    }

    /// For people: without the password.
    package var label: String { "redis://\(user.map { $0 + "@" } ?? "")\(host):\(port)/\(database)" }
}
