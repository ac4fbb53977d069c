// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// What the story itself says about somebody's looks.
struct StatedLook {
    private(set) var build: String?
    private(set) var hair: String?
    private(set) var hairColour: String?
    private(set) var garment: String?
    private(set) var main: String?
    private(set) var accent: String?
    private(set) var extras: [String] = []
    private(set) var isTall = false
    /// The colour a fox or a crow is known by.
    private(set) var natural: String?

    init(_ person: Person, knowing vocabulary: Words.Vocabulary) {
        natural = Self.animals[person.name.lowercased()]
        for evidence in person.evidence {
            let tokens = Words.tokens(of: evidence.text, knowing: vocabulary).filter { $0.key != "的" }
            read(tokens.map(\.key))
        }
    }

    private static let animals: [String: String] = [
        "fox": "#c8702f", "crow": "#33323c", "raven": "#2b2a35", "wolf": "#6f7580", "bear": "#6b4a33",
        "rabbit": "#c9bda8",
        "hare": "#b9a27f", "mouse": "#9a949a", "frog": "#5f9a3f", "lion": "#d8a53a", "tiger": "#d9782a",
        "tortoise": "#6f7a3a",
        "turtle": "#6f7a3a", "owl": "#8a6a48", "dragon": "#3f8a5a", "goose": "#e6e0d4", "swan": "#efeae0",
        "sheep": "#e6dfd0",
        "pig": "#e39ab0", "ant": "#5a3030", "grasshopper": "#86a63a", "donkey": "#8c867f", "goat": "#cfc6b4",
        "stork": "#e9e4da",
    ]

    /// Fields nobody may change.
    var locked: [String] {
        var locked: [String] = []
        if build != nil { locked.append("build") }
        if hair != nil { locked.append("hair") }
        if hairColour != nil { locked.append("hair_colour") }
        if garment != nil { locked.append("garment") }
        if main != nil { locked.append("main") }
        if accent != nil { locked.append("accent") }
        if !extras.isEmpty { locked.append("extras") }
        return locked
    }

    private mutating func read(_ keys: [String]) {
        guard let noun = keys.last else { return }
        let before = keys.dropLast()
        let colour = before.first(where: Colours.isColour)
        if Clothing.hairNouns.contains(noun) || ["beard", "moustache", "whiskers", "胡子"].contains(noun) {
            readHead(noun, before: Array(before), colour: colour)
        } else if let garment = Lemma.noun(noun, in: Clothing.garments)?.meaning {
            // A second garment ("a blue shirt under the red coat") does not repaint the first.
            self.garment = self.garment ?? garment
            if main == nil { main = colour.flatMap(Colours.hex) }
        } else if noun == "clothes" {
            main = main ?? colour.flatMap(Colours.hex)
        } else if let extra = Lemma.noun(noun, in: Clothing.extras)?.meaning {
            wear(before.contains("straw") && extra == "cap" ? "straw_hat" : extra)
            if accent == nil { accent = colour.flatMap(Colours.hex) }
        }
        for key in keys {
            if key == "bald" || key == "光头" { hair = "bald" }
            guard let word = Clothing.builds[key] else { continue }
            if word == "tall" { isTall = true }
            build = build ?? word
        }
    }

    private mutating func readHead(_ noun: String, before: [String], colour: String?) {
        switch noun {
        case "beard", "胡子": wear(before.contains { ["long", "长"].contains($0) } ? "long_beard" : "beard")
        case "moustache", "whiskers": wear("moustache")
        default:
            let style = Clothing.hairStyles[noun] ?? before.compactMap { Clothing.hairStyles[$0] }.first
            hair = hair ?? style
        }
        hairColour = hairColour ?? colour.flatMap(Colours.hairHex)
    }

    private mutating func wear(_ extra: String) {
        if !extras.contains(extra) { extras.append(extra) }
    }
}
