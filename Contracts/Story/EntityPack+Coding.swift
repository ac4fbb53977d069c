// Contracts · pure · sees nothing

/// On the wire people and places are entities of two types; what only we know of them are their attributes.
extension EntityPack: Codable {
    private enum CodingKeys: String, CodingKey {
        case chapterID = "chapter_id"
        case extractionVersion = "extraction_version"
        case schemaVersion = "schema_version"
        case entities
        case relationships
        case events
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        chapterID = try container.decode(String.self, forKey: .chapterID)
        extractionVersion = try container.decode(String.self, forKey: .extractionVersion)
        let entities = try container.decode([Entity].self, forKey: .entities)
        people = entities.compactMap(\.person)
        places = entities.compactMap(\.place)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("1.0", forKey: .schemaVersion)
        try container.encode(chapterID, forKey: .chapterID)
        try container.encode(extractionVersion, forKey: .extractionVersion)
        try container.encode(people.map(Entity.init) + places.map(Entity.init), forKey: .entities)
        // Nobody looks for these yet; a reader may rely on the lists being there.
        try container.encode([String](), forKey: .relationships)
        try container.encode([String](), forKey: .events)
    }
}

private struct Entity: Codable {
    struct Attributes: Codable {
        var age: Age?
        var gender: Gender?
        var evidence: [Evidence]?
        var mentions: Int?
        var kind: String?
        var features: [String]?
        var paragraphs: [Int]?
    }

    let id: String
    let type: EntityType
    let label: String
    let canonicalLabel: String
    let aliases: [String]
    let cultureTags: [String]
    let attributes: Attributes

    enum CodingKeys: String, CodingKey {
        case id = "entity_id"
        case type
        case label
        case canonicalLabel = "canonical_label"
        case aliases
        case cultureTags = "culture_tags"
        case attributes
    }

    init(_ person: Person) {
        id = person.characterID.rawValue
        type = .person
        label = person.name
        canonicalLabel = person.name
        aliases = person.aliases
        cultureTags = []
        attributes = Attributes(
            age: person.age, gender: person.gender, evidence: person.evidence, mentions: person.mentions)
    }

    init(_ place: Place) {
        id = place.placeID.rawValue
        type = .place
        label = place.label
        canonicalLabel = place.label
        aliases = []
        cultureTags = []
        attributes = Attributes(kind: place.kind, features: place.features, paragraphs: place.paragraphs)
    }

    var person: Person? {
        guard type == .person, let name = CharacterID(rawValue: id) else { return nil }
        return Person(
            characterID: name, name: label, aliases: aliases, age: attributes.age ?? .adult,
            gender: attributes.gender ?? .other, evidence: attributes.evidence ?? [],
            mentions: attributes.mentions ?? 0)
    }

    var place: Place? {
        guard type == .place, let name = PlaceID(rawValue: id) else { return nil }
        return Place(
            placeID: name, label: label, kind: attributes.kind ?? label, features: attributes.features ?? [],
            paragraphs: attributes.paragraphs ?? [])
    }
}
