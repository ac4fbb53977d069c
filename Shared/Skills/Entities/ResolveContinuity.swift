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
        let taken = stated.compactMap(\.main)
        var profiles: [Profile] = []
        for (person, look) in zip(input.entities.people, stated) {
            let others = taken.filter { $0 != look.main }
            profiles.append(choose(person, look, among: profiles, avoiding: others, seed: input.seed))
        }
        return profiles
    }

    /// The wardrobe's offer that differs most from everybody already dressed.
    private static func choose(
        _ person: Person, _ look: StatedLook, among profiles: [Profile], avoiding colours: [String], seed: UInt64
    ) -> Profile {
        var dice = Dice(seed, "look/" + person.characterID.rawValue)
        let wardrobe = Wardrobe(person: person, stated: look)
        var best = wardrobe.offer(&dice)
        var bestScore = -1.0
        for attempt in 0..<48 {
            let offer = attempt == 0 ? best : wardrobe.offer(&dice)
            let score = worst(offer, profiles, avoiding: look.main == nil ? colours : [])
            if score > bestScore + 1e-9 {
                best = offer
                bestScore = score
            }
        }
        return best
    }

    /// How close this look comes to the one it is likest to.
    private static func worst(_ offer: Profile, _ profiles: [Profile], avoiding colours: [String]) -> Double {
        let shade = Shade(hex: offer.main)
        let people = profiles.map { Likeness.distance(offer, $0) }
        let promised = colours.map { 0.45 * shade.distance(to: Shade(hex: $0)) + 0.1 }
        // Mains closer than this are one colour to the eye, whatever else differs.
        let clashes = (profiles.map(\.main) + colours).contains { shade.distance(to: Shade(hex: $0)) < Likeness.least }
        return ((people + promised).min() ?? 1) - (clashes ? 0.5 : 0)
    }
}

/// How different two looks are.
package enum Likeness {
    /// Between the main colours of any two people, where the story leaves the choice.
    package static let least = 0.12

    package static func distance(_ left: Profile, _ right: Profile) -> Double {
        let main = Shade(hex: left.main).distance(to: Shade(hex: right.main))
        let hair = Shade(hex: left.hairColour).distance(to: Shade(hex: right.hairColour))
        return 0.45 * main + 0.2 * hair + (left.hair == right.hair ? 0 : 0.15)
            + (left.garment == right.garment ? 0 : 0.1) + 0.1 * abs(left.height - right.height)
    }
}
