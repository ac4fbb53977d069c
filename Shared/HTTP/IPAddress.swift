// HTTP · bytes · sees Contracts

/// An address of the internet: four bytes or sixteen.
package struct IPAddress: Sendable, Hashable {
    package let bytes: [UInt8]

    package init?(_ text: String) {
        let bytes = Array(text.utf8)[...]
        guard let address = IPAddress(v4: bytes) ?? IPAddress(v6: bytes) else { return nil }
        self = address
    }

    /// Four numbers without leading zeros.
    package init?(v4 text: ArraySlice<UInt8>) {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard part.count <= 3, part.count == 1 || part.first != UInt8(ascii: "0"), let number = ASCII.number(part),
                let byte = UInt8(exactly: number)
            else { return nil }
            bytes.append(byte)
        }
        self.bytes = bytes
    }

    /// Eight groups of hex, one run of zeros as `::`, the last two as an IPv4 address if wanted. No zone.
    package init?(v6 text: ArraySlice<UInt8>) {
        var head: [UInt8] = []
        var tail: [UInt8]?
        var groups = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)[...]
        guard groups.count > 2 else { return nil }
        // A run at either end leaves two empty groups where one means it.
        let isRunFirst = groups[0].isEmpty && groups[1].isEmpty
        let isRunLast = groups[groups.endIndex - 1].isEmpty && groups[groups.endIndex - 2].isEmpty
        groups = groups.dropFirst(isRunFirst ? 1 : 0).dropLast(isRunLast ? 1 : 0)
        for (place, group) in zip(groups.indices, groups) {
            let bytes: [UInt8]
            if group.isEmpty {
                guard tail == nil else { return nil }
                tail = []
                continue
            } else if place == groups.endIndex - 1, let four = IPAddress(v4: group) {
                bytes = four.bytes
            } else {
                guard group.count <= 4, let value = Self.hex(group) else { return nil }
                bytes = [UInt8(value >> 8), UInt8(value & 255)]
            }
            if tail == nil { head += bytes } else { tail?.append(contentsOf: bytes) }
        }
        let known = head.count + (tail?.count ?? 0)
        guard tail == nil ? known == 16 : known <= 14 else { return nil }
        self.bytes = head + Array(repeating: 0, count: 16 - known) + (tail ?? [])
    }

    /// From within this machine.
    package var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    private static func hex(_ digits: ArraySlice<UInt8>) -> UInt16? {
        var value: UInt16 = 0
        for digit in digits {
            guard let nibble = ASCII.hexValue(digit) else { return nil }
            value = value << 4 | UInt16(nibble)
        }
        return value
    }
}
