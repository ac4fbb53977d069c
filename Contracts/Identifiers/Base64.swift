// Contracts · pure · sees nothing

/// RFC 4648, with padding.
package enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    package static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let three = (0..<3).map { start + $0 < bytes.count ? UInt32(bytes[start + $0]) : 0 }
            let word = three[0] << 16 | three[1] << 8 | three[2]
            let count = min(3, bytes.count - start) + 1
            for digit in 0..<4 {
                text.append(digit < count ? digits[Int(word >> (18 - 6 * UInt32(digit)) & 63)] : padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for what `text` never writes: another alphabet, a length that is not whole, padding in the middle.
    package static func bytes(_ text: String) -> [UInt8]? {
        let signs = Array(text.utf8)
        let kept = signs.count - min(2, signs.reversed().prefix { $0 == padding }.count)
        guard signs.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        var (word, bits) = (UInt32(0), 0)
        for sign in signs[..<kept] {
            guard let value = digits.firstIndex(of: sign) else { return nil }
            word = word << 6 | UInt32(value)
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
            word &= (1 << UInt32(bits)) - 1
        }
        return word == 0 ? bytes : nil
    }
}
