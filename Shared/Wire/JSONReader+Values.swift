// Wire · bytes · sees Contracts
package import Contracts
import Glibc

/// What the pieces of the text mean.
extension JSONReader {
    /// The piece as it stands there.
    func piece(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[range]) }

    /// Whether this is what a piece means, however it is written.
    @inline(__always)
    func reads(_ word: UnsafeBufferPointer<UInt8>, at slice: Slice) -> Bool {
        guard slice.isPlain else { return text(slice).utf8.elementsEqual(word) }
        guard slice.range.count == word.count, let text = bytes.baseAddress, let start = word.baseAddress else {
            return slice.range.isEmpty && word.isEmpty
        }
        return memcmp(text + slice.range.lowerBound, start, word.count) == 0
    }

    package func text(_ slice: Slice) -> String {
        let piece = piece(slice.range)
        return slice.isPlain ? String(decoding: piece, as: UTF8.self) : Self.unescaped(piece)
    }

    /// What a key means, however it is written.
    func meaning<Meaning>(of key: Slice, in table: KeyTable<Meaning>) -> Meaning? {
        if key.isPlain { return table[piece(key.range)] }
        var text = text(key)
        return text.withUTF8 { table[$0] }
    }

    /// A whole number within 64 bits; `nil` for any other.
    package func integer(_ range: Range<Int>) -> Int64? {
        var value: Int64 = 0
        let piece = piece(range)
        let isNegative = piece.first == UInt8(ascii: "-")
        for byte in isNegative ? piece.dropFirst() : piece[...] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte - UInt8(ascii: "0"))
            let (next, tooBig) =
                isNegative
                ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
            if overflow || tooBig { return nil }
            value = next
        }
        return value
    }

    /// The nearest double; `nil` when the number is beyond all of them.
    package func double(_ range: Range<Int>) -> Double? {
        if let whole = integer(range) { return Double(whole) }
        return Double(String(decoding: piece(range), as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
    }

    /// The next value as a tree; of a key that stands twice the last one counts.
    package mutating func value() throws(Fault) -> JSONValue {
        switch try kind() {
        case .null:
            try null()
            return .null
        case .bool: return .bool(try bool())
        case .string: return .string(text(try string()))
        case .number:
            let range = try number()
            if let whole = integer(range) { return .integer(whole) }
            guard let number = double(range) else { throw wrong("a number is too big") }
            return .number(number)
        case .array:
            var elements: [JSONValue] = []
            try enterArray()
            while try nextElement() { elements.append(try value()) }
            return .array(elements)
        case .object:
            var members: [String: JSONValue] = [:]
            try enterObject()
            while let key = try nextKey() { members[text(key)] = try value() }
            return .object(members)
        }
    }

    private static func unescaped(_ piece: UnsafeBufferPointer<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(piece.count)
        var at = 0
        while at < piece.count {
            guard piece[at] == UInt8(ascii: "\\") else {
                out.append(piece[at])
                at += 1
                continue
            }
            at += 2
            switch piece[at - 1] {
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "f"): out.append(0x0C)
            case UInt8(ascii: "u"):
                let (scalar, length) = scalar(in: piece, at: at)
                out.append(contentsOf: Array(String(scalar).utf8))
                at += length
            case let byte: out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The scalar behind a `\u`, and how many bytes spell it: four, or ten for a pair.
    private static func scalar(in piece: UnsafeBufferPointer<UInt8>, at: Int) -> (Unicode.Scalar, Int) {
        func unit(_ from: Int) -> UInt32 {
            (from..<(from + 4)).reduce(0) { $0 << 4 | UInt32(hexDigit(piece[$1]) ?? 0) }
        }
        let first = unit(at)
        guard (0xD800..<0xDC00).contains(first) else { return (Unicode.Scalar(first) ?? "\u{FFFD}", 4) }
        let pair = 0x10000 + (first - 0xD800) << 10 + (unit(at + 6) - 0xDC00)
        return (Unicode.Scalar(pair) ?? "\u{FFFD}", 10)
    }
}
