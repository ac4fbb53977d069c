// MediaTests · tests · sees Contracts, Picture
import Contracts
import Picture

/// People and shots for the picture's tests.
enum PictureCast {
    static let mira = CharacterID(ordinal: 1)
    static let tobias = CharacterID(ordinal: 2)
    static let jun = CharacterID(ordinal: 3)
    static let everybody = (1...8).map { CharacterID(ordinal: $0) }

    static let profiles = [
        profile(1, .young, height: 0.94, wears: "coat", ["ponytail", "scarf"]),
        profile(2, .old, height: 1.04, wears: "coat", ["short", "beard", "cap"]),
        profile(3, .child, height: 0.66, wears: "shirt", ["curly"]),
        profile(4, .adult, height: 0.98, wears: "dress", ["bun"]),
    ]

    /// `head`: the hair, then the extras.
    static func profile(
        _ ordinal: Int, _ age: Age, height: Double, wears garment: String, _ head: [String]
    ) -> Profile {
        Profile(
            characterID: CharacterID(ordinal: ordinal), name: "Somebody", age: age,
            gender: ordinal.isMultiple(of: 2) ? .male : .female, build: "medium", height: height, skin: "#f3cba8",
            hair: head.first ?? "short", hairColour: "#7a3b22", garment: garment, main: "#d8a53a", second: "#3c4a63",
            accent: "#c8402f", extras: Array(head.dropFirst()), locked: [])
    }

    static func shot(
        _ kind: String = "field", _ camera: ShotDSL.Camera = .init(framing: "wide"), cast: [ShotDSL.Actor] = [],
        props: [ShotDSL.Prop] = [], milliseconds: Int = 2000
    ) -> ShotDSL {
        ShotDSL(
            shotID: ShotID(ordinal: 1), seed: 11, timing: .init(durationMS: milliseconds),
            setting: .init(kind: kind, placeSeed: 7), camera: camera, cast: cast,
            props: props)
    }

    static func tableau(_ shot: ShotDSL) throws -> Tableau { try Tableau(shot, profiles: profiles) }
}
