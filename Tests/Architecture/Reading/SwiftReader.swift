// ArchitectureTests · tests · sees nothing

/// One word or sign of Swift code. Comments and the insides of strings are not code.
struct Token: Hashable {
    let text: String
    let line: Int
    /// It touches the token before it, as the `!` of a force unwrap does.
    let isGlued: Bool
    let opensLine: Bool

    var isWord: Bool { text.utf8.first.map(SwiftReader.isWordByte) ?? false }
}

/// Cuts Swift source into tokens and comments. It knows nested comments, raw and multiline strings, and the code inside
/// interpolations. It does not know regex literals: this house has none.
struct SwiftReader {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var lastLine = 0
    private var lastEnd = -1
    private(set) var tokens: [Token] = []
    /// The text of what is commented on a line, without its slashes.
    private(set) var comments: [Int: String] = [:]

    static func read(_ text: String) -> SwiftReader {
        var reader = SwiftReader(bytes: Array(text.utf8))
        reader.readCode(isInterpolation: false)
        return reader
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...0xFF: true
        case UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: "`"): true
        default: false
        }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads to the end, or to the parenthesis that ends an interpolation.
    private mutating func readCode(isInterpolation: Bool) {
        var depth = 0
        while let byte = byte(at: 0) {
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: " ") {
                skip(1)
            } else if byte == UInt8(ascii: "/") && isAhead("//") {
                readLineComment()
            } else if byte == UInt8(ascii: "/") && isAhead("/*") {
                readBlockComment()
            } else if let hashes = hashesOfStringAhead() {
                readString(hashes: hashes)
            } else if Self.isWordByte(byte) {
                emit(length: length(while: Self.isWordByte))
            } else if Self.operators.contains(byte) && !isPostfixBang(byte) {
                emit(length: length { Self.operators.contains($0) })
            } else {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                emit(length: 1)
                if isInterpolation && depth < 0 { return }
            }
        }
    }

    private mutating func readLineComment() {
        let start = position + 2
        while let byte = byte(at: 0), byte != UInt8(ascii: "\n") { position += 1 }
        note(bytes[min(start, position)..<position])
    }

    private mutating func readBlockComment() {
        var depth = 0
        var start = position
        repeat {
            if isAhead("/*") {
                depth += 1
                position += 2
            } else if isAhead("*/") {
                depth -= 1
                position += 2
            } else {
                if byte(at: 0) == UInt8(ascii: "\n") {
                    note(bytes[start..<position])
                    start = position + 1
                }
                skip(1)
            }
        } while depth > 0 && position < bytes.count
        note(bytes[min(start, position)..<position])
    }

    private mutating func readString(hashes: Int) {
        let fence = [UInt8](repeating: UInt8(ascii: "#"), count: hashes)
        let isLong = isAhead("\"\"\"", after: hashes)
        let end = [UInt8](repeating: UInt8(ascii: "\""), count: isLong ? 3 : 1) + fence
        let escape = [UInt8(ascii: "\\")] + fence
        emit("\"\"", length: end.count)
        while position < bytes.count {
            if isAhead(end) {
                position += end.count
                break
            }
            guard isAhead(escape) else {
                skip(1)
                continue
            }
            position += escape.count
            if byte(at: 0) == UInt8(ascii: "(") {
                position += 1
                readCode(isInterpolation: true)
            } else {
                skip(1)
            }
        }
        lastEnd = position
    }

    // MARK: small steps

    private static let operators = Set("=+-*/<>&|^~%?!".utf8)

    /// A `!` that touches what stands before it: `x!`, never the `!` of `!=` or of `!x`.
    private func isPostfixBang(_ byte: UInt8) -> Bool {
        guard byte == UInt8(ascii: "!"), lastEnd == position, let last = tokens.last else { return false }
        return last.isWord || [")", "]", "\"\""].contains(last.text)
    }

    private func byte(at offset: Int) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private func isAhead(_ text: String, after offset: Int = 0) -> Bool { isAhead(Array(text.utf8), after: offset) }
    private func isAhead(_ wanted: [UInt8], after offset: Int = 0) -> Bool {
        position + offset <= bytes.count && bytes[(position + offset)...].starts(with: wanted)
    }

    /// How many `#` fence the string that begins here; `nil` when none does.
    private func hashesOfStringAhead() -> Int? {
        guard byte(at: 0) == UInt8(ascii: "#") || byte(at: 0) == UInt8(ascii: "\"") else { return nil }
        let hashes = length { $0 == UInt8(ascii: "#") }
        return byte(at: hashes) == UInt8(ascii: "\"") ? hashes : nil
    }

    private func length(while holds: (UInt8) -> Bool) -> Int {
        bytes[position...].prefix(while: holds).count
    }

    private mutating func skip(_ count: Int) {
        guard let byte = byte(at: 0) else { return }
        if byte == UInt8(ascii: "\n") { line += 1 }
        position += count
    }

    private mutating func emit(_ text: String? = nil, length: Int) {
        let text = text ?? String(decoding: bytes[position..<position + length], as: UTF8.self)
        tokens.append(Token(text: text, line: line, isGlued: lastEnd == position, opensLine: lastLine != line))
        position += length
        lastEnd = position
        lastLine = line
    }

    private mutating func note(_ comment: ArraySlice<UInt8>) {
        comments[line, default: ""] += String(decoding: comment, as: UTF8.self)
    }
}
