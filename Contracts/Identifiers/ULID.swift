// Contracts · pure · sees nothing

/// The 26 characters behind a minted name: 48 bits of time, 80 bits of chance, so names sort by age.
package enum ULID {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// Time and chance are arguments: the caller owns the clock and the dice.
    package static func text(milliseconds: UInt64, high: UInt16, low: UInt64) -> String {
        var bytes = [UInt8](repeating: 0, count: 26)
        var time = milliseconds & 0xFFFF_FFFF_FFFF
        for index in (0..<10).reversed() {
            bytes[index] = alphabet[Int(time & 31)]
            time >>= 5
        }
        var chance = (high: UInt64(high), low: low)
        for index in (10..<26).reversed() {
            bytes[index] = alphabet[Int(chance.low & 31)]
            chance.low = (chance.low >> 5) | (chance.high & 31) << 59
            chance.high >>= 5
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
