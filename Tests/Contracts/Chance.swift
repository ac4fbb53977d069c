// ContractsTests · tests · sees Contracts, Wire
import Contracts

/// Seeded chance: trees of JSON and texts that were tampered with.
struct Chance {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    mutating func tree(depth: Int) -> JSONValue {
        switch below(depth > 0 ? 8 : 5) {
        case 0: .null
        case 1: .bool(below(2) == 0)
        case 2: .integer(Int64(bitPattern: next()) >> Int64(below(60)))
        case 3: .number(Double(Int64(bitPattern: next()) >> 20) / 1024 + 0.0009765625)
        case 4: .string(text())
        case 5, 6: .array((0..<below(5)).map { _ in tree(depth: depth - 1) })
        default:
            .object(
                Dictionary((0..<below(5)).map { _ in (text(), tree(depth: depth - 1)) }) { first, _ in first })
        }
    }

    mutating func text() -> String {
        let letters = ["a", "Z", "0", "\"", "\\", "\n", "\u{1}", "é", "漢", "🙂", "/", " ", "\u{7F}", "\u{2028}"]
        return (0..<below(8)).map { _ in letters[below(letters.count)] }.joined()
    }

    /// One to four small injuries.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...below(3) where !bytes.isEmpty {
            let at = below(bytes.count)
            switch below(6) {
            case 0: bytes[at] = UInt8(truncatingIfNeeded: next())
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(Array("{}[]\",:\\0-e.tn ".utf8)[below(15)], at: at)
            case 3: bytes.removeSubrange(at..<min(bytes.count, at + below(40)))
            case 4: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + below(60))], at: below(bytes.count))
            default: bytes[at] ^= 1 << UInt8(below(8))
            }
        }
        return bytes
    }
}
