// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Policies

/// What the story says of somebody's looks, field by field.
struct StatedLook {
    private var garment: String?
    private var main: String?
    private var accent: String?
    private var hair: String?
    private var hairColour: String?
    private var build: String?
    private var extras: [String] = []

    init(_ person: Person) {
        for evidence in person.evidence { read(evidence.text.split(whereSeparator: \.isWhitespace).map(String.init)) }
        if garment == nil, main != nil { garment = person.gender == .female ? "dress" : "shirt" }
    }

    private mutating func read(_ words: [String]) {
        let colour = words.lazy.compactMap(Colours.hex).last
        for word in words {
            if let meaning = Lemma.look(word, in: Clothing.garments)?.meaning {
                garment = garment ?? meaning
                main = main ?? colour
            }
            if let meaning = Lemma.look(word, in: Clothing.extras)?.meaning {
                let isLong = words.contains("long") && meaning == "beard"
                extras.append(isLong ? "long_beard" : meaning)
                if meaning == "beard" {
                    hairColour = words.lazy.compactMap(Colours.hairHex).last ?? hairColour
                } else {
                    accent = accent ?? colour
                }
            }
            if let meaning = Clothing.builds[word] { build = build ?? meaning }
            if word == "bald" { hair = "bald" }
        }
        if words.contains(where: Clothing.hairNouns.contains) {
            hair = words.lazy.compactMap { Clothing.hairStyles[$0] }.last ?? hair
            hairColour = words.lazy.compactMap(Colours.hairHex).last ?? hairColour
        }
        if words.contains("clothes"), let colour { main = main ?? colour }
    }

    /// The stated fields, and for each of the others a throw of the dice.
    func completed(_ person: Person, _ dice: inout Dice) -> Profile {
        let isOld = person.age == .old
        let isFemale = person.gender == .female
        let hairs =
            isFemale ? ["long", "bob", "bun", "ponytail", "braids", "curly"] : ["short", "curly", "short", "bald"]
        let dark = ["#2b1d16", "#5a3825", "#7a2f14", "#3b2b28", "#b5793a", "#1b1a20"]
        let hues = ["#d9a42a", "#2d4a73", "#3f8f5f", "#7b4ea3", "#c85a3c", "#4f8aa3", "#9c3d54", "#8a7a3a"]
        let garments = isFemale ? ["dress", "coat", "shirt"] : ["coat", "shirt", "shirt"]
        var locked: [String] = []
        func note(_ field: String, _ value: String?) { if value != nil { locked.append(field) } }
        for (field, value) in [
            ("garment", garment), ("main", main), ("accent", accent), ("hair", hair), ("hair_colour", hairColour),
            ("build", build),
        ] { note(field, value) }
        if !extras.isEmpty { locked.append("extras") }
        let isTall = build == "tall"
        return Profile(
            characterID: person.characterID, name: person.name, age: person.age, gender: person.gender,
            build: build.map { isTall ? "slim" : $0 } ?? dice.pick(isOld ? ["stout", "medium"] : ["slim", "medium"]),
            height: height(of: person.age, isTall: isTall, &dice),
            skin: dice.pick(["#f2c9a0", "#e8b48a", "#f5d6b8", "#c68a5e"]),
            hair: hair ?? dice.pick(isOld && !isFemale ? ["short", "bald"] : hairs),
            hairColour: hairColour ?? (isOld ? dice.pick(["#d9d6d0", "#b9b4ae"]) : dice.pick(dark)),
            garment: garment ?? dice.pick(garments), main: main ?? dice.pick(hues),
            second: dice.pick(["#3a4a5e", "#4a3f38", "#2f3b3a"]),
            accent: accent ?? dice.pick(["#c9483a", "#e0b13a", "#f0e6d2", "#3f7f8f"]), extras: extras, locked: locked)
    }

    private func height(of age: Age, isTall: Bool, _ dice: inout Dice) -> Double {
        switch age {
        case .child: dice.between(0.64, 0.70)
        case .young: dice.between(0.84, 0.88)
        case .adult: isTall ? 1.06 : dice.between(0.96, 1.02)
        case .old: dice.between(0.94, 0.98)
        }
    }
}
