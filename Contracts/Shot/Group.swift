// Contracts · pure · sees nothing

extension ShotDSL {
    /// Who filled a group in, and how sure they were: so that a critic can see what was guessed.
    package struct Provenance: Codable, Hashable, Sendable {
        package var engine: String
        /// 0…1.
        package var confidence: Double
        package var unknown: [String: JSONValue] = [:]

        package init(engine: String, confidence: Double) {
            self.engine = engine
            self.confidence = confidence
        }
    }

    /// What stands beside the fields of a group.
    package struct Margin: Hashable, Sendable {
        package var by: Provenance?
        /// Fields of a version to come: nobody draws them, and writing the shot again keeps them.
        package var unknown: [String: JSONValue]

        package init(by: Provenance? = nil, unknown: [String: JSONValue] = [:]) {
            self.by = by
            self.unknown = unknown
        }
    }
}

extension ShotDSL.Provenance {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case engine
        case confidence
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(engine: try group.may(.engine, or: ""), confidence: try group.may(.confidence, or: 1))
        unknown = try group.unknown()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.engine, engine)
        try group.put(.confidence, confidence)
        try group.put(unknown)
    }
}

/// The name of any member of an object.
private struct MemberName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue _: Int) { nil }

    static let by = MemberName(stringValue: "by")
}

/// Reads the members of one group, and keeps those it was never asked for.
struct GroupReader<Key: CodingKey & CaseIterable> {
    private let members: KeyedDecodingContainer<MemberName>

    init(_ decoder: any Decoder) throws { members = try decoder.container(keyedBy: MemberName.self) }

    func must<Value: Decodable>(_ key: Key) throws -> Value { try members.decode(Value.self, forKey: name(key)) }

    /// `null` counts as absent.
    func may<Value: Decodable>(_ key: Key) throws -> Value? {
        try members.decodeIfPresent(Value.self, forKey: name(key))
    }

    func may<Value: Decodable>(_ key: Key, or missing: Value) throws -> Value { try may(key) ?? missing }

    func margin() throws -> ShotDSL.Margin {
        var unknown = try unknown()
        unknown[MemberName.by.stringValue] = nil
        return ShotDSL.Margin(by: try members.decodeIfPresent(ShotDSL.Provenance.self, forKey: .by), unknown: unknown)
    }

    func unknown() throws -> [String: JSONValue] {
        let known = Set(Key.allCases.map(\.stringValue))
        var unknown: [String: JSONValue] = [:]
        for member in members.allKeys where !known.contains(member.stringValue) {
            unknown[member.stringValue] = try members.decode(JSONValue.self, forKey: member)
        }
        return unknown
    }

    private func name(_ key: Key) -> MemberName { MemberName(stringValue: key.stringValue) }
}

/// Writes the members of one group, and after them what stood in its margin.
struct GroupWriter<Key: CodingKey> {
    private var members: KeyedEncodingContainer<MemberName>

    init(_ encoder: any Encoder) { members = encoder.container(keyedBy: MemberName.self) }

    mutating func put(_ key: Key, _ value: some Encodable) throws {
        try members.encode(value, forKey: MemberName(stringValue: key.stringValue))
    }

    /// What everybody assumes anyway is not written.
    mutating func put<Value: Encodable & Equatable>(_ key: Key, _ value: Value, unless usual: Value) throws {
        if value != usual { try put(key, value) }
    }

    mutating func put(_ margin: ShotDSL.Margin) throws {
        try members.encodeIfPresent(margin.by, forKey: .by)
        try put(margin.unknown)
    }

    mutating func put(_ unknown: [String: JSONValue]) throws {
        for (name, value) in unknown { try members.encode(value, forKey: MemberName(stringValue: name)) }
    }
}
