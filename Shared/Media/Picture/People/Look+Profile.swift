// Picture · pure · sees Contracts, Policies
import Contracts
import Policies

extension Look {
    /// A profile in the engine's own words.
    init(_ profile: Profile, at path: String, _ record: inout Degradations) {
        id = profile.characterID
        age = profile.age
        isStout = profile.build == "stout" || profile.build == "broad"
        isSlim = profile.build == "slim"
        isFeminine = profile.gender == .female
        height = clamp(profile.height, 0.45, 1.2)
        hair = Vocabularies.hair.read(profile.hair, at: path + ".hair", &record)
        garment = Vocabularies.garments.read(profile.garment, at: path + ".garment", &record)
        extras = []
        for (index, word) in profile.extras.prefix(12).enumerated() {
            let finding = Vocabularies.extras.find(word)
            if let rule = finding.rule {
                let used = rule == .generic ? "nothing" : finding.meaning.rawValue
                record.note(path + ".extras[\(index)]", word, used: used, rule)
            }
            if finding.rule != .generic, !extras.contains(finding.meaning) { extras.append(finding.meaning) }
        }
        if profile.garment == "apron_dress", !extras.contains(.apron) { extras.append(.apron) }
        skin = Look.colour(profile.skin, Colour(0xf1c9a5), at: path + ".skin", &record)
        hairColour = Look.colour(profile.hairColour, Colour(0x3b2a20), at: path + ".hair_colour", &record)
        main = Look.colour(profile.main, Colour(0x3d6fa5), at: path + ".main", &record)
        second = Look.colour(profile.second, Colour(0x2e3a50), at: path + ".second", &record)
        accent = Look.colour(profile.accent, Colour(0xd9483b), at: path + ".accent", &record)
    }

    private static func colour(
        _ text: String, _ fallback: Colour, at path: String, _ record: inout Degradations
    ) -> Colour {
        if let colour = Colour(hex: text) { return colour }
        if !text.isEmpty { record.note(path, text, used: "a plain colour", .outOfRange) }
        return fallback
    }

    /// Looks for somebody nobody described; the same name always looks the same.
    static func invented(for id: CharacterID) -> Look {
        var dice = Dice(Seed.hash(id.rawValue), "look")
        let isFeminine = dice.next() < 0.5
        let skins: [UInt32] = [0xf3cba8, 0xe9bd94, 0xdca882, 0xb07a52, 0x8d5a3c]
        let hairs: [UInt32] = [0x2b211e, 0x3b2a20, 0x7a3b22, 0x8a6a3c, 0x1f1b22]
        let coats: [UInt32] = [0x5f7f8c, 0xb8863a, 0x7d5ba6, 0x4f9a78, 0xa5574a, 0x3d6fa5]
        let styles: [Hair] = isFeminine ? [.long, .bob, .bun, .ponytail, .braids] : [.short, .curly, .short]
        return Look(
            id: id, age: .adult, isStout: false, isSlim: isFeminine, isFeminine: isFeminine,
            height: dice.between(0.94, 1.04), hair: dice.pick(styles),
            garment: dice.pick(isFeminine ? [.dress, .coat] : [.coat, .shirt]), extras: [],
            skin: Colour(dice.pick(skins)), hairColour: Colour(dice.pick(hairs)), main: Colour(dice.pick(coats)),
            second: Colour(0x3c4a63), accent: Colour(0xc8402f))
    }
}
