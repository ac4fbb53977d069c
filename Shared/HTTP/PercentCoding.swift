// HTTP · bytes · sees Contracts

/// What a name or value in a URL looks like on the wire, and what it means.
package enum PercentCoding {
    /// Why an escaped text means nothing to us.
    package enum Fault: Error, Hashable, Sendable {
        /// A `%` without two hex digits behind it.
        case badEscape
        case notUTF8
        /// NUL, or in a path another byte nobody can see.
        case controlByte
    }

    /// The text that is meant. In a query or form a `+` is a space, and a value may have lines.
    package static func decoded(
        _ bytes: ArraySlice<UInt8>, inQuery: Bool = false
    ) throws(Fault) -> String {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "%") {
                guard index + 1 < bytes.endIndex, let high = ASCII.hexValue(bytes[index]),
                    let low = ASCII.hexValue(bytes[index + 1])
                else { throw .badEscape }
                byte = high << 4 | low
                index += 2
            } else if byte == UInt8(ascii: "+"), inQuery {
                byte = UInt8(ascii: " ")
            }
            if byte == 0 || !inQuery && (byte < 0x20 || byte == 0x7F) { throw .controlByte }
            plain.append(byte)
        }
        guard let text = ASCII.utf8(plain) else { throw .notUTF8 }
        return text
    }

    /// Everything but letters, digits and `-._~` is escaped: fit for a segment of a path and for either side of a `=`.
    package static func encoded(_ text: String) -> String { encoded(text, keeping: "") }

    /// A path whose slashes stay.
    package static func encodedPath(_ text: String) -> String { encoded(text, keeping: "/") }

    private static func encoded(_ text: String, keeping kept: StaticString) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if ASCII.isUnreserved(byte) || (kept.utf8CodeUnitCount == 1 && byte == UInt8(ascii: "/")) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), ASCII.hexDigit(byte >> 4), ASCII.hexDigit(byte & 15)]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
