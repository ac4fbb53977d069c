// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
import HTTP
import Ports

/// Where a request stands in its trace, as W3C `traceparent` writes it.
package struct TraceMark: Sendable, Hashable {
    /// 32 hex digits.
    package let traceID: String
    /// Our own span: 16 hex digits.
    package let spanID: String
    package let isSampled: Bool

    /// Goes on with the trace of the caller, or begins one.
    init(_ header: String?, _ entropy: any Entropy) {
        let parts = header?.split(separator: "-", omittingEmptySubsequences: false) ?? []
        let isKnown =
            parts.count >= 4 && parts[0].utf8.count == 2 && parts[0] != "ff" && (parts[0] != "00" || parts.count == 4)
            && Self.isID(parts[1], 32) && Self.isID(parts[2], 16) && parts[3].utf8.count == 2
        traceID = isKnown ? String(parts[1]) : Self.hex(entropy.bits()) + Self.hex(entropy.bits() | 1)
        spanID = Self.hex(entropy.bits() | 1)
        isSampled = isKnown && (UInt8(parts[3], radix: 16) ?? 0) & 1 == 1
    }

    package var header: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

    static func hex(_ bits: UInt64) -> String {
        let text = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }

    private static func isID(_ text: Substring, _ length: Int) -> Bool {
        text.utf8.count == length && text != String(repeating: "0", count: length)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
