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

    init(_ person: Person, knowing vocabulary: Words.Vocabulary) {
        for evidence in person.evidence {
            let tokens = Words.tokens(of: evidence.text, knowing: vocabulary).filter { $0.key != "的" }
            read(tokens.map(\.key))
        }
    }

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
        } else if let garment = Lemma.look(noun, in: Clothing.garments)?.meaning {
            // A second garment ("a blue shirt under the red coat") does not repaint the first.
            self.garment = self.garment ?? garment
            if main == nil { main = colour.flatMap(Colours.hex) }
        } else if noun == "clothes" {
            main = main ?? colour.flatMap(Colours.hex)
        } else if let extra = Lemma.look(noun, in: Clothing.extras)?.meaning {
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
