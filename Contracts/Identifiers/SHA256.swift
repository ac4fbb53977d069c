// Contracts · pure · sees nothing

/// SHA-256 (FIPS 180-4) of bytes that may come in pieces. For naming bytes and noticing change; for secrets only within `HMAC`.
package struct SHA256: Sendable {
    private var state = Self.start
    private var block = [UInt8](repeating: 0, count: Self.blockSize)
    private var inBlock = 0
    private var total: UInt64 = 0

    package init() {}

    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        total &+= UInt64(bytes.count)
        var rest = fillBlock(from: bytes[...])
        while rest.count >= Self.blockSize {
            Self.compress(UnsafeRawBufferPointer(rebasing: rest.prefix(Self.blockSize)), into: &state)
            rest = rest.dropFirst(Self.blockSize)
        }
        _ = fillBlock(from: rest)
    }

    /// The 32 bytes of the hash of everything so far.
    package func digest() -> [UInt8] {
        var last = self
        let bits = total &* 8
        let padding = (inBlock < 56 ? 56 : 120) - inBlock
        last.update([0x80] + [UInt8](repeating: 0, count: padding - 1))
        last.update((0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) })
        return (0..<32).map { UInt8(truncatingIfNeeded: last.state[$0 / 4] >> UInt32(24 - 8 * ($0 % 4))) }
    }

    /// The hash as 64 lower-case hexadecimal digits.
    package func hex() -> String { digest().hexText }

    package static func hex(of bytes: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(bytes)
        return hash.hex()
    }

    /// Takes what completes a begun block, or begins one with less than a block; answers what is left.
    private mutating func fillBlock(from bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        guard inBlock > 0 || bytes.count < Self.blockSize else { return bytes }
        let taken = bytes.prefix(Self.blockSize - inBlock)
        block.replaceSubrange(inBlock..<inBlock + taken.count, with: taken)
        inBlock += taken.count
        if inBlock == Self.blockSize {
            block.withUnsafeBytes { Self.compress($0, into: &state) }
            inBlock = 0
        }
        return bytes.dropFirst(taken.count)
    }
}

extension SHA256 {
    private static let blockSize = 64
    private static let start = SIMD8<UInt32>(
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)

    /// One block of 64 bytes. The message schedule is grown in place, ahead of the rounds that read it.
    private static func compress(_ block: UnsafeRawBufferPointer, into state: inout SIMD8<UInt32>) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
            for index in 0..<16 {
                words[index] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self))
            }
            for index in 16..<64 {
                let (far, near) = (words[index &- 15], words[index &- 2])
                let small = rotate(far, 7) ^ rotate(far, 18) ^ (far >> 3)
                let large = rotate(near, 17) ^ rotate(near, 19) ^ (near >> 10)
                words[index] = words[index &- 16] &+ small &+ words[index &- 7] &+ large
            }
            constants.withUnsafeBufferPointer { state &+= rounds(words, $0, from: state) }
        }
    }

    private static func rounds(
        _ words: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>,
        from state: SIMD8<UInt32>
    ) -> SIMD8<UInt32> {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        // Eight rounds a turn: the letters come back to their places, so nothing has to be moved.
        for index in stride(from: 0, to: 64, by: 8) {
            round((a, b, c), &d, (e, f, g), &h, words[index] &+ constants[index])
            round((h, a, b), &c, (d, e, f), &g, words[index &+ 1] &+ constants[index &+ 1])
            round((g, h, a), &b, (c, d, e), &f, words[index &+ 2] &+ constants[index &+ 2])
            round((f, g, h), &a, (b, c, d), &e, words[index &+ 3] &+ constants[index &+ 3])
            round((e, f, g), &h, (a, b, c), &d, words[index &+ 4] &+ constants[index &+ 4])
            round((d, e, f), &g, (h, a, b), &c, words[index &+ 5] &+ constants[index &+ 5])
            round((c, d, e), &f, (g, h, a), &b, words[index &+ 6] &+ constants[index &+ 6])
            round((b, c, d), &e, (f, g, h), &a, words[index &+ 7] &+ constants[index &+ 7])
        }
        return SIMD8(a, b, c, d, e, f, g, h)
    }

    private typealias Three = (UInt32, UInt32, UInt32)

    @inline(__always)
    private static func round(
        _ abc: Three, _ d: inout UInt32, _ efg: Three, _ h: inout UInt32, _ word: UInt32
    ) {
        let (a, b, c) = abc
        let (e, f, g) = efg
        h = h &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) &+ (g ^ (e & (f ^ g))) &+ word
        d = d &+ h
        h = h &+ (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ ((a & b) | (c & (a | b)))
    }

    @inline(__always)
    private static func rotate(_ word: UInt32, _ by: UInt32) -> UInt32 { (word &>> by) | (word &<< (32 &- by)) }

    /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}
