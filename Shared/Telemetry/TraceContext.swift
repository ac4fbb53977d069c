// Telemetry · logs · sees nothing

/// Where in which trace something happens, as W3C Trace Context carries it from process to process.
package struct TraceContext: Hashable, Sendable {
    package struct TraceID: Hashable, Sendable, CustomStringConvertible {
        package let high: UInt64
        package let low: UInt64

        /// `nil` for the id of nothing, all zeros.
        package init?(high: UInt64, low: UInt64) {
            guard high != 0 || low != 0 else { return nil }
            self.high = high
            self.low = low
        }

        /// Any bits: one of them is set, so it is never the id of nothing.
        init(from high: UInt64, _ low: UInt64) {
            self.high = high
            self.low = low | 1
        }

        /// 32 lower-case hexadecimal digits.
        package init?(_ text: some StringProtocol) {
            let digits = Array(text.utf8)
            guard digits.count == 32, let high = Hex.number(digits[..<16]), let low = Hex.number(digits[16...]) else {
                return nil
            }
            self.init(high: high, low: low)
        }

        /// Another form from outside, kept by whoever gave it, is this trace here: the same name always the same trace.
        package init(mapping name: String) {
            var (high, low): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x9AE1_6A3B_2F90_404F)
            for byte in name.utf8 {
                high = (high ^ UInt64(byte)) &* 0x100_0000_01B3
                low = (low ^ UInt64(byte) &+ (high >> 32)) &* 0x9E37_79B9_7F4A_7C15
            }
            self.high = high
            self.low = low | 1
        }

        package var description: String { Hex.text(high) + Hex.text(low) }
    }

    package struct SpanID: Hashable, Sendable, CustomStringConvertible {
        package let number: UInt64

        package init?(_ number: UInt64) {
            guard number != 0 else { return nil }
            self.number = number
        }

        /// Any bits: one of them is set, so it is never the id of nothing.
        init(from bits: UInt64) { number = bits | 1 }

        package var description: String { Hex.text(number) }
    }

    package let trace: TraceID
    package let span: SpanID
    /// Whoever began the trace wants it recorded.
    package let isSampled: Bool
    /// What others want carried on, as they gave it.
    package let state: String

    package init(trace: TraceID, span: SpanID, isSampled: Bool = true, state: String = "") {
        self.trace = trace
        self.span = span
        self.isSampled = isSampled
        self.state = state
    }

    /// `nil` when the header is none: then a new trace begins, and `tracestate` means nothing.
    package init?(traceparent: String, tracestate: String? = nil) {
        let parts = traceparent.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[0].count == 2, parts[2].count == 16, parts[3].count == 2,
            let version = Hex.number(Array(parts[0])[...]), version != 0xFF, version > 0 || parts.count == 4,
            let trace = TraceID(String(decoding: Array(parts[1]), as: UTF8.self)),
            let span = Hex.number(Array(parts[2])[...]).flatMap(SpanID.init),
            let flags = Hex.number(Array(parts[3])[...])
        else { return nil }
        self.init(
            trace: trace, span: span, isSampled: flags & 1 == 1,
            state: tracestate.map { $0.utf8.count <= 512 ? $0 : "" } ?? "")
    }

    /// The beginning of a trace.
    package init(from bits: () -> UInt64) {
        self.init(trace: TraceID(from: bits(), bits()), span: SpanID(from: bits()))
    }

    package var traceparent: String { "00-\(trace)-\(span)-0\(isSampled ? 1 : 0)" }

    /// Inside of this: the same trace, another span.
    package func inner(from bits: () -> UInt64) -> TraceContext {
        TraceContext(trace: trace, span: SpanID(from: bits()), isSampled: isSampled, state: state)
    }
}

enum Hex {
    /// Lower-case digits only, as the standard wants.
    static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        guard !digits.isEmpty, digits.count <= 16 else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return number
    }

    static func text(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
