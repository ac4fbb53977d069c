// Contracts · pure · sees nothing

/// HMAC-SHA256 (RFC 2104): says who wrote something, to whoever shares the key.
package enum HMAC {
    /// The 32 bytes that only a holder of the key can make.
    package static func sign(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        var short = key
        if key.count > blockSize {
            var hash = SHA256()
            hash.update(key)
            short = hash.digest()
        }
        short += [UInt8](repeating: 0, count: blockSize - short.count)
        var inner = SHA256()
        inner.update(short.map { $0 ^ 0x36 })
        inner.update(bytes)
        var outer = SHA256()
        outer.update(short.map { $0 ^ 0x5c })
        outer.update(inner.digest())
        return outer.digest()
    }

    /// Takes as long for the last byte as for the first: who guesses learns nothing from the time.
    package static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static let blockSize = 64
}

extension Sequence<UInt8> {
    /// Two lower-case hexadecimal digits a byte.
    package var hexText: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
