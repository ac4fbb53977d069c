// Entities · pure · sees Contracts, Policies, Ingest
package import Contracts
import Ingest
import Policies

/// Skill 21: decides once how everybody looks. What the story states is kept; the rest is chosen so that nobody is
/// taken for somebody else.
package enum ResolveContinuity {
    package struct Input: Codable, Hashable, Sendable {
        package var story: Story
        package var entities: EntityPack
        package var seed: UInt64

        package init(story: Story, entities: EntityPack, seed: UInt64) {
            self.story = story
            self.entities = entities
            self.seed = seed
        }
    }

    /// One profile for each person, in their order.
    package static func run(_ input: Input) throws(FailureReport) -> [Profile] {
        let vocabulary = Han.vocabulary
        let stated = input.entities.people.map { StatedLook($0, knowing: vocabulary) }
        // Colours the story gives away are taken before anybody chooses.
        let promised = Set(stated.compactMap(\.main)).sorted().map(Shade.init(hex:))
        var dressed: [Dressed] = []
        for (person, look) in zip(input.entities.people, stated) {
            // Whom the story gives a colour keeps it, whoever else wears it.
            let others = look.main == nil ? promised : []
            dressed.append(Dressed(choose(person, look, among: dressed, avoiding: others, seed: input.seed)))
        }
        return dressed.map(\.profile)
    }

    /// The wardrobe's offer that differs most from everybody already dressed.
    private static func choose(
        _ person: Person, _ look: StatedLook, among dressed: [Dressed], avoiding colours: [Shade], seed: UInt64
    ) -> Profile {
        var dice = Dice(seed, "look/" + person.characterID.rawValue)
        let wardrobe = Wardrobe(person: person, stated: look)
        var best = wardrobe.offer(&dice)
        var bestScore = -1.0
        for attempt in 0..<48 {
            let offer = attempt == 0 ? best : wardrobe.offer(&dice)
            let score = worst(Dressed(offer), dressed, avoiding: colours, atLeast: bestScore)
            if score > bestScore + 1e-9 {
                best = offer
                bestScore = score
            }
        }
        return best
    }

    /// How close this look comes to the one it is likest to; no more than `least` when it is not better than that.
    private static func worst(
        _ offer: Dressed, _ dressed: [Dressed], avoiding colours: [Shade], atLeast least: Double
    ) -> Double {
        var closest = Double.infinity
        var clashes = false
        // By their places: to hold every one of them for a moment costs more than to compare it.
        for index in dressed.indices {
            closest = min(closest, Likeness.distance(offer, dressed[index]))
            // Mains closer than this are one colour to the eye, whatever else differs.
            clashes = clashes || offer.main.distance(to: dressed[index].main) < Likeness.least
            if closest - (clashes ? 0.5 : 0) <= least { return least }
        }
        for colour in colours {
            let distance = offer.main.distance(to: colour)
            closest = min(closest, 0.45 * distance + 0.1)
            clashes = clashes || distance < Likeness.least
        }
        return (closest == .infinity ? 1 : closest) - (clashes ? 0.5 : 0)
    }
}

/// A look, and its colours as the eye tells them apart.
struct Dressed {
    let profile: Profile
    let main: Shade
    let hair: Shade

    init(_ profile: Profile) {
        self.profile = profile
        main = Shade(hex: profile.main)
        hair = Shade(hex: profile.hairColour)
    }
}

/// How different two looks are.
package enum Likeness {
    /// Between the main colours of any two people, where the story leaves the choice.
    package static let least = 0.12

    package static func distance(_ left: Profile, _ right: Profile) -> Double {
        distance(Dressed(left), Dressed(right))
    }

    static func distance(_ left: Dressed, _ right: Dressed) -> Double {
        let (one, other) = (left.profile, right.profile)
        return 0.45 * left.main.distance(to: right.main) + 0.2 * left.hair.distance(to: right.hair)
            + (one.hair == other.hair ? 0 : 0.15) + (one.garment == other.garment ? 0 : 0.1)
            + 0.1 * abs(one.height - other.height)
    }
}
