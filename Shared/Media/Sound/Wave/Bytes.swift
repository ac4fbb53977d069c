// Sound · pure · sees Contracts, Policies

/// Little-endian bytes, growing.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func tag(_ tag: String) { bytes += tag.utf8 }

    mutating func number(_ value: some FixedWidthInteger & UnsignedInteger) {
        for shift in stride(from: 0, to: value.bitWidth, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}

/// Little-endian bytes from outside: what is not there is nil.
struct ByteReader {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func tag(at place: Int) -> String? {
        guard place >= 0, place <= bytes.count - 4 else { return nil }
        return String(decoding: bytes[place..<(place + 4)], as: UTF8.self)
    }

    func number<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type, at place: Int) -> Number? {
        let width = Number.bitWidth / 8
        guard place >= 0, place <= bytes.count - width else { return nil }
        var value: Number = 0
        for index in 0..<width { value |= Number(bytes[place + index]) << Number(8 * index) }
        return value
    }
}
