// Contracts · pure · sees nothing

/// A name somebody else chose: kept as given, 1 to 128 bytes without control characters.
package protocol OpaqueName: RawRepresentable, Codable, Hashable, Sendable, CustomStringConvertible
where RawValue == String {
    static var mostBytes: Int { get }
    init(trusted rawValue: String)
}

extension OpaqueName {
    package static var mostBytes: Int { 128 }

    package init?(rawValue: String) {
        var raw = rawValue
        guard raw.withUTF8(Self.admits) else { return nil }
        self.init(trusted: rawValue)
    }

    /// The same from bytes that stand somewhere already.
    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard Self.admits(bytes) else { return nil }
        self.init(trusted: String(decoding: bytes, as: UTF8.self))
    }

    private static func admits(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        (1...mostBytes).contains(bytes.count) && bytes.allSatisfy { $0 >= 32 && $0 != 127 }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let name = Self(rawValue: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected 1 to \(Self.mostBytes) printable bytes")
        }
        self = name
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    package var description: String { rawValue }
}

/// Whose work this is.
package struct TenantID: OpaqueName {
    /// The only tenant of a laptop.
    package static let local = TenantID(trusted: "local")
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

package struct ProjectID: OpaqueName {
    package static let local = ProjectID(trusted: "local")
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// The W3C trace id of the first request; it rides in every envelope that follows from it.
package struct TraceID: OpaqueName {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

package struct CorrelationID: OpaqueName {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// What makes a repeated request the same request. A client's own key may be up to 256 bytes long.
package struct IdempotencyKey: OpaqueName {
    package static let mostBytes = 256
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }

    /// The key of these parts in this order: the same parts, the same key.
    package static func derive(_ parts: String...) -> IdempotencyKey {
        let digest = SHA256.hex(of: Array(parts.joined(separator: "|").utf8))
        return IdempotencyKey(trusted: "idem_" + digest.prefix(32))
    }
}
