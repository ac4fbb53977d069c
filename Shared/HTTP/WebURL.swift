// HTTP · bytes · sees Contracts

/// An absolute URL as a client needs it: where to connect, and what to ask for. Path and query stay as they are written.
package struct WebURL: Sendable, Hashable {
    /// `http`, `https`, `redis`, …: lowered.
    package var scheme: String
    package var user: String?
    package var password: String?
    /// Lowered; an IPv6 address without its brackets.
    package var host: String
    package var port: UInt16?
    /// Escaped, and never empty.
    package var path: String
    /// Escaped, without the `?`.
    package var query: String?

    package init(scheme: String, host: String, port: UInt16? = nil, path: String = "/", query: String? = nil) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
        self.query = query
    }

    /// Nil for what is not exactly a URL: no spaces are trimmed and nothing is guessed.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 8192, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\\\"<>^`{|}".utf8.contains($0) }),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8),
            let scheme = Self.scheme(bytes[..<colon])
        else { return nil }
        let rest = bytes[(colon + 3)...].prefix { $0 != UInt8(ascii: "#") }
        let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
        guard let authority = Authority(rest[..<end]) else { return nil }
        self.scheme = scheme
        (user, password) = (authority.user, authority.password)
        (host, port) = (authority.host, authority.port)
        let mark = rest[end...].firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        guard Self.isEscaped(rest[end...]) else { return nil }
        path = end == mark ? "/" : String(decoding: rest[end..<mark], as: UTF8.self)
        query = mark == rest.endIndex ? nil : String(decoding: rest[(mark + 1)...], as: UTF8.self)
    }

    /// What the scheme connects to when nobody says a port.
    package var knownPort: UInt16? { port ?? Self.ports[scheme] }

    /// For `Host`: the port is left out where the scheme says it.
    package var hostField: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        guard let port, port != Self.ports[scheme] else { return name }
        return "\(name):\(port)"
    }

    /// For the request line.
    package var target: String { path + (query.map { "?" + $0 } ?? "") }

    /// Scheme, host and port: what a browser calls an origin.
    package var origin: String { "\(scheme)://\(hostField)" }

    /// The whole of it. A password is part of it: not for logs.
    package var text: String {
        var known = ""
        if let user {
            known = PercentCoding.encoded(user) + (password.map { ":" + PercentCoding.encoded($0) } ?? "") + "@"
        }
        return "\(scheme)://\(known)\(hostField)\(target)"
    }

    private static let ports: [String: UInt16] = ["http": 80, "https": 443, "ws": 80, "wss": 443]

    private static func scheme(_ bytes: ArraySlice<UInt8>) -> String? {
        guard let first = bytes.first, ASCII.isLetter(first),
            bytes.allSatisfy({ ASCII.isLetter($0) || ASCII.isDigit($0) || "+-.".utf8.contains($0) })
        else { return nil }
        return ASCII.lowered(String(decoding: bytes, as: UTF8.self))
    }

    private static func isEscaped(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.indices.allSatisfy { index in
            bytes[index] != UInt8(ascii: "%")
                || (index + 2 < bytes.endIndex && ASCII.hexValue(bytes[index + 1]) != nil
                    && ASCII.hexValue(bytes[index + 2]) != nil)
        }
    }
}

/// Host and port, and who is asking.
package struct Authority: Sendable, Hashable {
    package private(set) var user: String?
    package private(set) var password: String?
    package let host: String
    package let port: UInt16?

    /// Reads `user:password@host:port`; a `Host` field is the same without the user.
    package init?(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        if let at = bytes.lastIndex(of: UInt8(ascii: "@")) {
            let names = bytes[..<at].split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            let texts = names.map { try? PercentCoding.decoded($0) }  // a name that cannot be read is no name
            guard texts.allSatisfy({ $0 != nil }) else { return nil }
            user = texts[0]
            password = texts.count > 1 ? texts[1] : nil
            rest = bytes[(at + 1)...]
        }
        let isBracketed = rest.first == UInt8(ascii: "[")
        let end: Int
        if isBracketed {
            guard let bracket = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            end = bracket + 1
        } else {
            end = rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex
        }
        let name = isBracketed ? rest[(rest.startIndex + 1)..<(end - 1)] : rest[..<end]
        guard isBracketed ? IPAddress(v6: name) != nil : Self.isName(name) else { return nil }
        host = ASCII.lowered(String(decoding: name, as: UTF8.self))
        if end == rest.endIndex {
            port = nil
        } else {
            guard rest[end] == UInt8(ascii: ":"), rest.endIndex - end <= 6,
                let number = ASCII.number(rest[(end + 1)...]),
                let fits = UInt16(exactly: number)
            else { return nil }
            port = fits
        }
    }

    package init?(_ text: String) { self.init(Array(text.utf8)[...]) }

    /// A name of the domain system or an IPv4 address. What looks like an address has to be one: `127.1` is none.
    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard (1...253).contains(bytes.count) else { return false }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isWellFormed = labels.enumerated().allSatisfy { place, label in
            if label.isEmpty { return place == labels.count - 1 && place > 0 }
            return label.count <= 63
                && label.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || "-_".utf8.contains($0) }
        }
        guard isWellFormed else { return false }
        let last = labels.last { !$0.isEmpty } ?? []
        return !last.allSatisfy(ASCII.isDigit) || IPAddress(v4: bytes) != nil
    }
}
