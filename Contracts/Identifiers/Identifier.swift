// Contracts · pure · sees nothing

/// A name that refuses nonsense: a fixed prefix and 1 to 64 of `[0-9A-Za-z_-]`.
package protocol Identifier: RawRepresentable, Codable, Hashable, Sendable, Comparable, CustomStringConvertible
where RawValue == String {
    static var prefix: String { get }
    /// For names we made ourselves; everything from outside goes through `init?(rawValue:)`.
    init(trusted rawValue: String)
}

extension Identifier {
    package init?(rawValue: String) {
        guard Self.admits(rawValue) else { return nil }
        self.init(trusted: rawValue)
    }

    /// The same from bytes that stand somewhere already.
    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard Self.admits(bytes) else { return nil }
        self.init(trusted: String(decoding: bytes, as: UTF8.self))
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let raw = try container.decode(String.self)
        guard Self.admits(raw) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(raw.prefix(80))\" is not a name that begins with \(Self.prefix)")
        }
        self.init(trusted: raw)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    package var description: String { rawValue }

    private static func admits(_ raw: String) -> Bool { Spelling(prefix).admits(raw) }
    private static func admits(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { Spelling(prefix).admits(bytes) }
}

/// How names of a kind are spelt.
struct Spelling {
    let prefix: String

    init(_ prefix: String) { self.prefix = prefix }

    func admits(_ raw: String) -> Bool {
        var raw = raw
        return raw.withUTF8(admits)
    }

    func admits(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var prefix = prefix
        let length = prefix.withUTF8 { prefix in bytes.starts(with: prefix) ? prefix.count : bytes.count }
        return (1...64).contains(bytes.count - length) && bytes[length...].allSatisfy(Self.isNameByte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
