// Policies · pure · sees Contracts

/// What the URLs of all servers have in common: a place, and parts that may be escaped. A fault never repeats what it
/// read of a user or a password.
package enum ServerURL {
    package struct Fault: Error, Equatable {
        /// A half sentence: what is wrong.
        package let what: String
    }

    /// The part before the first mark and the one behind it.
    package static func split(_ text: Substring, at mark: Character) -> (Substring, Substring?) {
        guard let place = text.firstIndex(of: mark) else { return (text, nil) }
        return (text[..<place], text[text.index(after: place)...])
    }

    /// The part before the last `@`, and the one behind it.
    package static func splitAuthority(_ text: Substring) -> (login: Substring?, place: Substring) {
        guard let sign = text.lastIndex(of: "@") else { return (nil, text) }
        return (text[..<sign], text[text.index(after: sign)...])
    }

    /// `host`, `host:5672`, `[::1]:5672`.
    package static func hostAndPort(
        _ place: Substring, standard: UInt16
    ) throws(Fault) -> (host: String, port: UInt16) {
        var (host, port) = (place, Substring?.none)
        if place.hasPrefix("[") {
            guard let end = place.firstIndex(of: "]") else {
                throw Fault(what: "it names no host: \"[\" is never closed")
            }
            host = place[place.index(after: place.startIndex)..<end]
            let behind = place[place.index(after: end)...]
            if behind.hasPrefix(":") { port = behind.dropFirst() }
        } else {
            (host, port) = split(place, at: ":")
        }
        guard !host.isEmpty else { throw Fault(what: "it names no host") }
        guard let port else { return (String(host), standard) }
        guard let number = UInt16(port), number > 0 else { throw Fault(what: "\"\(port)\" is no port") }
        return (String(host), number)
    }

    /// `%2F` and its like become what they stand for.
    package static func plain(_ text: Substring, _ what: String) throws(Fault) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                throw Fault(what: "\(what) has a % that no two hexadecimal digits follow")
            }
            bytes.append(high << 4 | low)
        }
        guard let plain = String(validating: bytes, as: UTF8.self) else { throw Fault(what: "\(what) is no UTF-8") }
        return plain
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
