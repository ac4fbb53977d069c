// Contracts · pure · sees nothing

/// Base 64 (RFC 4648), in one writing only: what could be written in two ways is refused.
package enum Base64: Sendable {
    /// With `-` and `_`: for addresses, fields and tokens.
    case url
    /// With `+` and `/`.
    case plain
    /// The same, filled with `=` to whole groups.
    case padded

    package func text(of bytes: [UInt8]) -> String {
        let alphabet = alphabet
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
            for place in 0...UInt32(group.count) { text.append(alphabet[Int(bits >> (18 - 6 * place) & 63)]) }
        }
        if self == .padded { text += [UInt8](repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for whatever `text(of:)` would not have written.
    package func bytes(of text: String) -> [UInt8]? {
        var bits: UInt32 = 0
        var count = 0
        var bytes: [UInt8] = []
        let letters = self == .padded ? unfilled(text.utf8) : text.utf8[...]
        guard let letters else { return nil }
        for letter in letters {
            guard let value = value(of: letter) else { return nil }
            bits = bits << 6 | value
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            bits &= (1 << UInt32(count)) - 1
        }
        // A whole letter too many, or bits that nothing was written with.
        return count < 6 && bits == 0 ? bytes : nil
    }

    /// Without what fills the last group; nil when that is not whole.
    private func unfilled(_ letters: String.UTF8View) -> Substring.UTF8View? {
        guard letters.count % 4 == 0 else { return nil }
        let filling = letters.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return letters.dropLast(filling)
    }

    private var alphabet: [UInt8] {
        Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
            + Array((self == .url ? "-_" : "+/").utf8)
    }

    private func value(of letter: UInt8) -> UInt32? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - 65)
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - 71)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter + 4)
        case UInt8(ascii: "-"): self == .url ? 62 : nil
        case UInt8(ascii: "_"): self == .url ? 63 : nil
        case UInt8(ascii: "+"): self == .url ? nil : 62
        case UInt8(ascii: "/"): self == .url ? nil : 63
        default: nil
        }
    }
}
