// Wire · bytes · sees Contracts
import Contracts

/// Walks over JSON without building anything: the caller asks for what it expects next.
///
/// The bytes are valid UTF-8 (`JSONReader.read` sees to that) and outlive the reader. Every value is checked, also
/// the ones that are skipped, so what has been walked over is JSON.
package struct JSONReader {
    package enum Kind: String, Sendable {
        case object, array, string, number, bool, null
    }

    /// What is wrong with the text itself.
    package struct Fault: Error, Hashable, Sendable {
        package enum Reason: Hashable, Sendable {
            case invalidUTF8
            case notJSON
            case tooDeep
        }

        package let reason: Reason
        package let offset: Int
        package let detail: String
    }

    /// A piece of the text; `isPlain` when it stands there as it is meant, without escapes.
    package struct Slice: Hashable, Sendable {
        package let range: Range<Int>
        package let isPlain: Bool
    }

    let bytes: UnsafeBufferPointer<UInt8>
    package private(set) var offset = 0
    private var depth = 0
    private let deepest: Int
    /// True right after a `{` or `[`: the next member comes without a comma.
    private var isFresh = false

    /// Lends a reader of the whole text to `walk`, and refuses what stands behind the one value.
    package static func read<Value>(
        _ text: [UInt8], deepest: Int = Payload.deepest + 1, _ walk: (inout JSONReader) throws -> Value
    ) throws -> Value {
        try text.withUnsafeBufferPointer { bytes in
            if let wrong = firstInvalid(in: bytes) {
                throw Fault(reason: .invalidUTF8, offset: wrong, detail: "byte \(wrong) is not UTF-8")
            }
            var reader = JSONReader(bytes, deepest: deepest)
            let value = try walk(&reader)
            try reader.end()
            return value
        }
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>, deepest: Int) {
        self.bytes = bytes
        self.deepest = deepest
    }

    private static func firstInvalid(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        do {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    // MARK: what comes next

    package mutating func kind() throws(Fault) -> Kind {
        skipSpace()
        guard offset < bytes.count else { throw wrong("the text ends too early") }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw wrong("no value begins here")
        }
    }

    /// Enters an object; `nextKey` answers its keys.
    package mutating func enterObject() throws(Fault) { try enter(UInt8(ascii: "{")) }
    /// Enters a list; `nextElement` answers whether there is one more.
    package mutating func enterArray() throws(Fault) { try enter(UInt8(ascii: "[")) }

    /// The next key, with the reader before its value; `nil` when the object is over.
    package mutating func nextKey() throws(Fault) -> Slice? {
        guard try nextMember(until: UInt8(ascii: "}")) else { return nil }
        skipSpace()
        let key = try string()
        skipSpace()
        try take(UInt8(ascii: ":"))
        return key
    }

    package mutating func nextElement() throws(Fault) -> Bool { try nextMember(until: UInt8(ascii: "]")) }

    package mutating func null() throws(Fault) { try literal("null") }

    package mutating func bool() throws(Fault) -> Bool {
        let isTrue = offset < bytes.count && bytes[offset] == UInt8(ascii: "t")
        try literal(isTrue ? "true" : "false")
        return isTrue
    }

    /// The number as it is written.
    package mutating func number() throws(Fault) -> Range<Int> {
        let start = offset
        if peek == UInt8(ascii: "-") { offset += 1 }
        if peek == UInt8(ascii: "0") { offset += 1 } else { try digits() }
        if peek == UInt8(ascii: ".") {
            offset += 1
            try digits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            offset += 1
            if peek == UInt8(ascii: "-") || peek == UInt8(ascii: "+") { offset += 1 }
            try digits()
        }
        return start..<offset
    }

    package mutating func string() throws(Fault) -> Slice {
        try take(UInt8(ascii: "\""))
        let start = offset
        var isPlain = true
        while true {
            offset = PlainText.end(in: bytes, from: offset)
            switch peek {
            case nil: throw wrong("a string has no end")
            case UInt8(ascii: "\""):
                offset += 1
                return Slice(range: start..<(offset - 1), isPlain: isPlain)
            case UInt8(ascii: "\\"):
                isPlain = false
                try escape()
            default: throw wrong("a control character stands in a string")
            }
        }
    }

    /// Walks over a value and answers where it stood.
    @discardableResult
    package mutating func skip() throws(Fault) -> Range<Int> {
        let kind = try kind()
        let start = offset
        switch kind {
        case .object:
            try enterObject()
            while try nextKey() != nil { try skip() }
        case .array:
            try enterArray()
            while try nextElement() { try skip() }
        case .string: _ = try string()
        case .number: _ = try number()
        case .bool: _ = try bool()
        case .null: try null()
        }
        return start..<offset
    }

    // MARK: steps

    func wrong(_ detail: String) -> Fault {
        Fault(reason: .notJSON, offset: offset, detail: "\(detail) (byte \(offset))")
    }

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func end() throws(Fault) {
        skipSpace()
        if offset < bytes.count { throw wrong("something stands behind the end") }
    }

    private mutating func enter(_ bracket: UInt8) throws(Fault) {
        skipSpace()
        try take(bracket)
        depth += 1
        if depth > deepest {
            throw Fault(reason: .tooDeep, offset: offset, detail: "more than \(deepest - 1) levels (byte \(offset))")
        }
        isFresh = true
    }

    private mutating func nextMember(until bracket: UInt8) throws(Fault) -> Bool {
        skipSpace()
        if peek == bracket {
            offset += 1
            depth -= 1
            isFresh = false
            return false
        }
        if isFresh { isFresh = false } else { try take(UInt8(ascii: ",")) }
        return true
    }

    private mutating func take(_ byte: UInt8) throws(Fault) {
        guard peek == byte else {
            throw wrong("expected \(Character(Unicode.Scalar(byte)))")
        }
        offset += 1
    }

    private mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    private mutating func digits() throws(Fault) {
        let start = offset
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
        if offset == start { throw wrong("a number lacks digits") }
    }

    private mutating func literal(_ word: StaticString) throws(Fault) {
        let end = offset + word.utf8CodeUnitCount
        guard end <= bytes.count else { throw wrong("expected \(word)") }
        for index in 0..<word.utf8CodeUnitCount where bytes[offset + index] != word.utf8Start[index] {
            throw wrong("expected \(word)")
        }
        offset = end
    }

    /// Half of a pair outside the basic plane means nothing alone: no text can hold it.
    private mutating func escape() throws(Fault) {
        offset += 1
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 1
        case UInt8(ascii: "u"):
            offset += 1
            let unit = try hexUnit()
            if UTF16.isTrailSurrogate(unit) { throw wrong("half of a surrogate pair") }
            guard UTF16.isLeadSurrogate(unit) else { return }
            try take(UInt8(ascii: "\\"))
            try take(UInt8(ascii: "u"))
            guard UTF16.isTrailSurrogate(try hexUnit()) else { throw wrong("half of a surrogate pair") }
        default: throw wrong("an unknown escape")
        }
    }

    private mutating func hexUnit() throws(Fault) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = peek.flatMap(Self.hexDigit) else { throw wrong("an escape lacks hex digits") }
            unit = unit << 4 | digit
            offset += 1
        }
        return unit
    }

    static func hexDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
