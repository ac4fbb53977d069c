// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl

/// Which addresses belong to a private network, to this machine or to nobody. By the numbers, not by names.
package enum AddressRule {
    package static func isPublic(v4 address: UInt32) -> Bool {
        !privateV4.contains { address & $0.mask == $0.network }
    }

    /// The sixteen bytes of an IPv6 address. One that carries an IPv4 address is as public as that one.
    package static func isPublic(v6 bytes: [UInt8]) -> Bool {
        guard bytes.count == 16 else { return false }
        func carried(at place: Int) -> Bool {
            isPublic(v4: bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) })
        }
        let high = bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let low = bytes[8...].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // ::ffff:a.b.c.d
        if high == 0, low >> 32 == 0xffff { return carried(at: 12) }
        // 64:ff9b::a.b.c.d, and the translators' local prefix beside it.
        if high == 0x0064_ff9b_0000_0000, low >> 32 == 0 { return carried(at: 12) }
        if high >> 16 == 0x0064_ff9b_0001 { return false }
        // 2002:abcd:: is 6to4.
        if bytes[0] == 0x20, bytes[1] == 0x02 { return carried(at: 2) }
        // Teredo, ORCHID and the addresses of documentation.
        if high >> 32 == 0x2001_0000 || high >> 36 == 0x2001_002 || high >> 32 == 0x2001_0db8 { return false }
        // Only 2000::/3 is given to anybody: this leaves out ::, ::1, fc00::/7, fe80::/10, fec0::/10 and ff00::/8.
        return bytes[0] & 0xe0 == 0x20
    }

    private struct Network {
        let network: UInt32
        let mask: UInt32

        init(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ bits: UInt32) {
            mask = ~0 << (32 - bits)
            network = (a << 24 | b << 16 | c << 8 | d) & mask
        }
    }

    private static let privateV4 = [
        Network(0, 0, 0, 0, 8), Network(10, 0, 0, 0, 8), Network(100, 64, 0, 0, 10), Network(127, 0, 0, 0, 8),
        // Where clouds tell a machine its secrets: 169.254.169.254, and Azure's own.
        Network(169, 254, 0, 0, 16), Network(168, 63, 129, 16, 32),
        Network(172, 16, 0, 0, 12), Network(192, 0, 0, 0, 24), Network(192, 0, 2, 0, 24), Network(192, 88, 99, 0, 24),
        Network(192, 168, 0, 0, 16), Network(198, 18, 0, 0, 15), Network(198, 51, 100, 0, 24),
        Network(203, 0, 113, 0, 24), Network(224, 0, 0, 0, 3),
    ]
}
