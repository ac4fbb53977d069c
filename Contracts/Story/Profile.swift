// Contracts · pure · sees nothing

/// A look. Colours are sRGB hex (`#c9483a`), and the only colours in the contract.
package struct Profile: Codable, Hashable, Sendable {
    package enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case person
        case creature
    }

    package var characterID: CharacterID
    package var name: String
    package var kind: Kind
    /// Of a creature: `quadruped bird fish snake insect robot blob giant`.
    package var body: String
    package var age: Age
    package var gender: Gender
    /// `slim medium stout tall broad`.
    package var build: String
    /// Of an adult's height: 0.62 for a small child, 1.08 for a giant of a man.
    package var height: Double
    package var skin: String
    /// `short long bob bun ponytail braids topknot curly bald`.
    package var hair: String
    package var hairColour: String
    /// `coat shirt dress robe changshan`.
    package var garment: String
    package var main: String
    package var second: String
    package var accent: String
    /// `scarf cap beard long_beard moustache glasses straw_hat headscarf apron belt cuffs barefoot`.
    package var extras: [String]
    /// Fields the story states; scenes may not change them.
    package var locked: [String]
    /// Where the story states them.
    package var evidence: [Evidence]
    package var margin = ShotDSL.Margin()

    package init(
        characterID: CharacterID, name: String, age: Age, gender: Gender, build: String, height: Double, skin: String,
        hair: String, hairColour: String, garment: String, main: String, second: String, accent: String,
        extras: [String], locked: [String], kind: Kind = .person, body: String = "", evidence: [Evidence] = []
    ) {
        self.characterID = characterID
        self.name = name
        self.kind = kind
        self.body = body
        self.age = age
        self.gender = gender
        self.build = build
        self.height = height
        self.skin = skin
        self.hair = hair
        self.hairColour = hairColour
        self.garment = garment
        self.main = main
        self.second = second
        self.accent = accent
        self.extras = extras
        self.locked = locked
        self.evidence = evidence
    }

    /// The same person in the clothes of one scene; what the story states stays.
    package func wearing(_ costume: ShotDSL.Wears?) -> Profile {
        guard let costume else { return self }
        var dressed = self
        func change<Value>(_ field: WritableKeyPath<Profile, Value>, _ name: String, to value: Value?) {
            if let value, !locked.contains(name) { dressed[keyPath: field] = value }
        }
        change(\.garment, "garment", to: costume.garment)
        change(\.main, "main", to: costume.main)
        change(\.second, "second", to: costume.second)
        change(\.accent, "accent", to: costume.accent)
        change(\.extras, "extras", to: costume.extras)
        return dressed
    }
}

extension Profile {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case characterID = "entity_id"
        case name
        case kind
        case body
        case age
        case gender
        case build
        case height
        case skin
        case hair
        case hairColour = "hair_colour"
        case garment
        case main
        case second
        case accent
        case extras
        case locked
        case evidence
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            characterID: try group.must(.characterID), name: try group.must(.name), age: try group.must(.age),
            gender: try group.must(.gender), build: try group.must(.build), height: try group.must(.height),
            skin: try group.must(.skin), hair: try group.must(.hair), hairColour: try group.must(.hairColour),
            garment: try group.must(.garment), main: try group.must(.main), second: try group.must(.second),
            accent: try group.must(.accent), extras: try group.must(.extras), locked: try group.must(.locked),
            kind: try group.may(.kind, or: .person), body: try group.may(.body, or: ""),
            evidence: try group.may(.evidence, or: []))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.characterID, characterID)
        try group.put(.name, name)
        try group.put(.kind, kind, unless: .person)
        try group.put(.body, body, unless: "")
        try group.put(.age, age)
        try group.put(.gender, gender)
        try group.put(.build, build)
        try group.put(.height, height)
        try group.put(.skin, skin)
        try group.put(.hair, hair)
        try group.put(.hairColour, hairColour)
        try group.put(.garment, garment)
        try group.put(.main, main)
        try group.put(.second, second)
        try group.put(.accent, accent)
        try group.put(.extras, extras)
        try group.put(.locked, locked)
        try group.put(.evidence, evidence, unless: [])
        try group.put(margin)
    }
}
