// Wire · bytes · sees Contracts
package import Contracts
import Glibc

/// Writes JSON the one way we write it: no spaces, keys in the order of their bytes, slashes as they are.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []

    package init(reserving capacity: Int = 1024) { bytes.reserveCapacity(capacity) }

    /// What is JSON already.
    package mutating func raw(_ json: [UInt8]) { bytes.append(contentsOf: json) }
    mutating func raw(_ json: ArraySlice<UInt8>) { bytes.append(contentsOf: json) }
    package mutating func raw(_ json: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: json.utf8Start, count: json.utf8CodeUnitCount))
    }

    /// One sign of JSON's own.
    mutating func sign(_ byte: UInt8) { bytes.append(byte) }

    package mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { escape($0) }
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func integer(_ value: Int64) {
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)  // room for 20 digits, on the stack
        withUnsafeMutableBytes(of: &digits) { room in
            var at = room.count
            var rest = value.magnitude
            repeat {
                at -= 1
                room[at] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            if value < 0 { bytes.append(UInt8(ascii: "-")) }
            bytes.append(contentsOf: room[at...])
        }
    }

    /// A whole number is written without a fraction; infinities, which JSON cannot say, as null.
    package mutating func number(_ value: Double) {
        guard value.isFinite else { return raw("null") }
        let text = value.description
        bytes.append(contentsOf: (text.hasSuffix(".0") ? text.dropLast(2) : text[...]).utf8)
    }

    package mutating func time(_ value: Timestamp) {
        bytes.append(UInt8(ascii: "\""))
        value.write(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: raw("null")
        case .bool(let value): bool(value)
        case .integer(let value): integer(value)
        case .number(let value): number(value)
        case .string(let value): string(value)
        case .array(let elements):
            raw("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { raw(",") }
                self.value(element)
            }
            raw("]")
        case .object(let members):
            object(members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
        }
    }

    // MARK: what is written already

    var count: Int { bytes.count }

    mutating func cut(to count: Int) { bytes.removeLast(bytes.count - count) }

    mutating func insert(_ json: [UInt8], at place: Int) { bytes.insert(contentsOf: json, at: place) }

    /// What stands from `start` on, made of these pieces of it, with commas between.
    mutating func rearrange(from start: Int, _ pieces: [Range<Int>]) {
        let length = bytes.count - start
        withUnsafeTemporaryAllocation(byteCount: length, alignment: 1) { old in
            bytes.withUnsafeBytes { old.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start...])) }
            cut(to: start)
            for (index, piece) in pieces.enumerated() {
                if index > 0 { raw(",") }
                let piece = old[piece.lowerBound - start..<piece.upperBound - start]
                bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece))
            }
        }
    }

    /// Whether the bytes of the one piece come before those of the other.
    func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress else { return false }
            let shared = min(left.count, right.count)
            let order = memcmp(base + left.lowerBound, base + right.lowerBound, shared)
            return order == 0 ? left.count < right.count : order < 0
        }
    }

    private mutating func object(_ members: [(key: String, value: JSONValue)]) {
        raw("{")
        for (index, member) in members.enumerated() {
            if index > 0 { raw(",") }
            string(member.key)
            raw(":")
            value(member.value)
        }
        raw("}")
    }

    private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        while start < text.count {
            let end = PlainText.end(in: text, from: start)
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
            if end < text.count { escape(text[end]) }
            start = end + 1
        }
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x22: raw("\\\"")
        case 0x5C: raw("\\\\")
        case 0x08: raw("\\b")
        case 0x0C: raw("\\f")
        case 0x0A: raw("\\n")
        case 0x0D: raw("\\r")
        case 0x09: raw("\\t")
        default:
            let digits = Array("0123456789abcdef".utf8)
            raw("\\u00")
            bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
