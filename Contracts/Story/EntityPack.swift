// Contracts · pure · sees nothing

/// The people and places found in a story. Output of skill 04.
package struct EntityPack: Hashable, Sendable {
    package var chapterID: String
    /// The rules that found them.
    package var extractionVersion = "rules-1"
    package var people: [Person]
    package var places: [Place]

    package init(chapterID: String = "", people: [Person], places: [Place]) {
        self.chapterID = chapterID
        self.people = people
        self.places = places
    }
}

/// What an entity is.
package enum EntityType: String, CaseIterable, SettledWord, Hashable, Sendable {
    case person
    case place
    case org
    case item
    case skill
    case event
    case clue
    case other
}

package struct Person: Codable, Hashable, Sendable {
    package var characterID: CharacterID
    package var name: String
    /// Other words the story uses for them: "the old keeper", "her brother".
    package var aliases: [String]
    package var age: Age
    package var gender: Gender
    /// Words of the story that describe them, with the segment they stand in.
    package var evidence: [Evidence]
    /// How many segments name them or are spoken by them.
    package var mentions: Int

    package enum CodingKeys: String, CodingKey {
        case characterID = "character_id"
        case name
        case aliases
        case age
        case gender
        case evidence
        case mentions
    }

    package init(
        characterID: CharacterID, name: String, aliases: [String], age: Age, gender: Gender, evidence: [Evidence],
        mentions: Int
    ) {
        self.characterID = characterID
        self.name = name
        self.aliases = aliases
        self.age = age
        self.gender = gender
        self.evidence = evidence
        self.mentions = mentions
    }
}

package enum Age: String, CaseIterable, Codable, Hashable, Sendable {
    case child
    case young
    case adult
    case old
}

package enum Gender: String, CaseIterable, Codable, Hashable, Sendable {
    case female
    case male
    case other
}

package struct Evidence: Codable, Hashable, Sendable {
    package var segment: Int
    package var text: String

    package init(segment: Int, text: String) {
        self.segment = segment
        self.text = text
    }
}

package struct Place: Codable, Hashable, Sendable {
    package var placeID: PlaceID
    /// The story's own word: "the lamp room".
    package var label: String
    /// The vocabulary word it is drawn as: `room`.
    package var kind: String
    package var features: [String]
    /// The paragraphs that play here.
    package var paragraphs: [Int]

    package enum CodingKeys: String, CodingKey {
        case placeID = "place_id"
        case label
        case kind
        case features
        case paragraphs
    }

    package init(placeID: PlaceID, label: String, kind: String, features: [String], paragraphs: [Int]) {
        self.placeID = placeID
        self.label = label
        self.kind = kind
        self.features = features
        self.paragraphs = paragraphs
    }
}
