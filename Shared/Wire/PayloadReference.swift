// Wire · bytes · sees Contracts
package import Contracts

/// What is carried in the place of a payload that was too big: where it lies, and what it was about.
package struct PayloadReference: Codable, Hashable, Sendable {
    package static let mostIDs = 200

    package let ref: ArtifactMeta
    /// How many things the payload's longest list holds.
    package let count: Int
    /// The first of their names.
    package let ids: [String]
    /// For readers that know no store.
    package var link: ObjectLink?

    package init(to ref: ArtifactMeta, for payload: Payload) throws {
        let list = Self.longestList(in: try JSON.value(of: payload.bytes))
        self.ref = ref
        count = list.count
        ids = list.prefix(Self.mostIDs).compactMap(Self.name)
    }

    /// `nil` for a payload that stands there itself.
    package init?(in payload: Payload) throws {
        guard payload.bytes.count <= Payload.wishedBytes, try PayloadWords(in: payload).isReference,
            try ShapeCheck.faults(in: payload.bytes, against: .payloadReference, atMost: 1).isEmpty
        else { return nil }
        self = try JSON.typed(PayloadReference.self, payload)
    }

    /// The payload itself, from the bytes the reference leads to.
    package func payload(from bytes: [UInt8]) throws(EnvelopeRefusal) -> Payload {
        guard "sha256:" + SHA256.hex(of: bytes) == ref.checksum else {
            throw EnvelopeRefusal(.payloadMismatch, at: "$.payload.ref", "other bytes lie behind \(ref.uri)")
        }
        return Payload(trusted: bytes)
    }

    private static func longestList(in value: JSONValue) -> [JSONValue] {
        switch value {
        case .array(let elements): elements
        case .object(let members): members.values.map(longestList).max { $0.count < $1.count } ?? []
        case .null, .bool, .integer, .number, .string: []
        }
    }

    private static func name(of element: JSONValue) -> String? {
        guard case .object(let members) = element else { return nil }
        let names = members.filter { $0.key.hasSuffix("_id") }.sorted { $0.key < $1.key }
        for case .string(let name) in names.map(\.value) { return name }
        return nil
    }
}
