// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Policies

/// What somebody of an age and a gender may look like, where the story does not say.
struct Wardrobe {
    let person: Person
    let stated: StatedLook

    /// Middle colours that read against day and night; the accent of each goes with it.
    private static let mains = [
        "#d8a53a", "#2f4a6b", "#4f9a78", "#7d5ba6", "#c8402f", "#5f7f8c", "#e06a4e", "#8a5a3b", "#3a9a9a", "#b94f7c",
        "#6f7a3a", "#e39ab0", "#3a63a8", "#a9a08c", "#553a5e", "#c9c24a",
    ]
    private static let accents = [
        "#c8402f", "#f2e3b4", "#d9b25a", "#f0c9d8", "#b8443a", "#f7d774", "#e8e2d4", "#6fb0c4",
    ]
    private static let skins = ["#f3cba8", "#e8b693", "#e9bd94", "#dca882", "#f0cdb0", "#b98259", "#8d5a3c"]

    func offer(_ dice: inout Dice) -> Profile {
        let gender = person.gender == .other ? (dice.next() < 0.5 ? Gender.female : .male) : person.gender
        let main = dice.pick(Self.mains)
        let skin = dice.pick(Self.skins)
        let hair = dice.pick(hairs(gender))
        let hairColour = dice.pick(hairColours)
        let garment = dice.pick(garments(gender))
        let build = dice.pick(builds)
        let height = height(dice.next())
        let accent = dice.pick(Self.accents.filter { $0 != (stated.main ?? main) })
        let extra = dice.pick(extras(gender))
        let ownMain = stated.main ?? stated.natural ?? main
        return Profile(
            characterID: person.characterID, name: person.name, age: person.age, gender: person.gender,
            build: stated.build ?? build, height: height, skin: skin, hair: stated.hair ?? hair,
            hairColour: stated.hairColour ?? hairColour, garment: stated.garment ?? garment, main: ownMain,
            second: Self.darker(ownMain), accent: stated.accent ?? accent,
            extras: stated.extras.isEmpty ? (extra.isEmpty ? [] : [extra]) : stated.extras, locked: stated.locked)
    }

    private func hairs(_ gender: Gender) -> [String] {
        switch (gender, person.age) {
        case (.female, .child): ["braids", "ponytail", "bob", "curly"]
        case (.female, .old): ["bun", "bun", "short"]
        case (.female, _): ["long", "bun", "bob", "ponytail", "curly"]
        case (_, .old): ["short", "bald", "short"]
        case (_, .child): ["short", "curly"]
        default: ["short", "curly", "short", "bald"]
        }
    }

    private var hairColours: [String] {
        person.age == .old
            ? ["#e6e2da", "#a9a8a6", "#cfcac0"]
            : ["#7a3b22", "#1f1b22", "#2b211e", "#5d3a26", "#d9b36a", "#a34a28", "#4a3326"]
    }

    private func garments(_ gender: Gender) -> [String] {
        switch gender {
        case .female: ["dress", "coat", "shirt", "dress"]
        default: ["coat", "shirt"]
        }
    }

    private var builds: [String] {
        switch person.age {
        case .child: ["slim", "medium"]
        case .young: ["slim", "medium", "medium"]
        case .adult: ["slim", "medium", "broad"]
        case .old: ["stout", "medium", "slim"]
        }
    }

    private func height(_ roll: Double) -> Double {
        let range: (low: Double, high: Double) =
            switch person.age {
            case .child: (0.64, 0.72)
            case .young: (0.86, 0.95)
            case .adult: (0.94, 1.04)
            case .old: (0.92, 0.98)
            }
        let height = range.low + (range.high - range.low) * roll + (stated.isTall ? 0.06 : 0)
        return (min(1.08, height) * 100).rounded() / 100
    }

    private func extras(_ gender: Gender) -> [String] {
        switch (gender, person.age) {
        case (.male, .old): ["beard", "cap", "glasses", "moustache"]
        case (.male, .adult): ["", "cap", "beard", "belt"]
        case (.female, .old): ["glasses", "headscarf", "apron", ""]
        case (.female, .adult): ["", "apron", "scarf", "belt"]
        default: ["", "scarf", "", "cap"]
        }
    }

    /// The trousers and hems of a coat: the same hue, deeper.
    private static func darker(_ hex: String) -> String {
        let value = UInt32(hex.drop { $0 == "#" }, radix: 16) ?? 0x777777
        let deep = [value >> 16 & 255, value >> 8 & 255, value & 255].map { $0 * 52 / 100 + 12 }
        return "#" + deep.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
