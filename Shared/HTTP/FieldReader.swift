// HTTP · bytes · sees Contracts

/// Walks over the value of a field: words, quoted texts, marks.
struct FieldReader {
    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { offset == bytes.count }

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 { offset += 1 }
    }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: mark) else { return false }
        offset += 1
        return true
    }

    mutating func take(_ word: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[offset...].starts(with: wanted) else { return false }
        offset += wanted.count
        return true
    }

    mutating func token() -> String? { run(ASCII.isToken) }

    /// What follows as long as it is of a kind; nil when nothing is.
    mutating func run(_ belongs: (UInt8) -> Bool) -> String? {
        let start = offset
        while let byte = peek, belongs(byte) { offset += 1 }
        return start == offset ? nil : String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    /// A text in quotation marks with its escapes undone.
    mutating func quoted() -> String? {
        guard take("\"" as Unicode.Scalar) else { return nil }
        var text: [UInt8] = []
        while let byte = peek {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return ASCII.utf8(text)
            case UInt8(ascii: "\\"):
                guard let next = peek else { return nil }
                text.append(next)
                offset += 1
            case 0..<0x20 where byte != 0x09, 0x7F: return nil
            default: text.append(byte)
            }
        }
        return nil
    }

    /// `; name=value` as often as it comes; nil when something else is there.
    mutating func parameters() -> [(name: String, value: String)]? {
        var found: [(name: String, value: String)] = []
        while true {
            skipSpace()
            guard take(";" as Unicode.Scalar) else { return found }
            skipSpace()
            guard let name = token() else { continue }  // RFC 9110 allows an empty parameter
            guard take("=" as Unicode.Scalar), let value = quoted() ?? token() else { return nil }
            found.append((ASCII.lowered(name), value))
        }
    }

    /// Past the comma that parts the members of a list; false at the end.
    mutating func nextMember() -> Bool {
        var isParted = offset == 0
        while true {
            skipSpace()
            if take("," as Unicode.Scalar) { isParted = true } else { return isParted && !isAtEnd }
        }
    }
}

/// A text between quotation marks, for a field's value.
package enum QuotedText {
    package static func of(_ text: String) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 where byte >= 0x20 && byte != 0x7F {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
    }
}
