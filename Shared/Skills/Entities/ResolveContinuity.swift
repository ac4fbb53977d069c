// Entities · pure · sees Contracts, Policies, Ingest
package import Contracts
import Ingest
import Policies

/// Skill 21: decides once what everybody looks like. What the story states is kept and locked; the rest is chosen so that
/// no two people can be taken for one another.
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

    package static func run(_ input: Input) throws(FailureReport) -> [Profile] {
        var profiles: [Profile] = []
        for person in input.entities.people.sorted(by: isMoreImportant) {
            let stated = StatedLook(person)
            profiles.append(profile(of: person, stated, among: profiles, seed: input.seed))
        }
        return profiles.sorted { $0.characterID < $1.characterID }
    }

    private static func isMoreImportant(_ one: Person, _ other: Person) -> Bool {
        (other.mentions, one.characterID) < (one.mentions, other.characterID)
    }

    /// Tries some looks and takes the one that is farthest from everybody before.
    private static func profile(
        of person: Person, _ stated: StatedLook, among others: [Profile], seed: UInt64
    ) -> Profile {
        var best: (profile: Profile, distance: Double)?
        for round in 0..<24 {
            var dice = Dice(seed, "\(person.characterID)/\(round)")
            let candidate = stated.completed(person, &dice)
            let distance = others.map { Look.distance(candidate, $0) }.min() ?? 1
            if distance > (best?.distance ?? -1) { best = (candidate, distance) }
        }
        guard let best else { preconditionFailure("24 rounds leave a best one") }
        return best.profile
    }
}

/// How different two looks are, 0…about 1.
enum Look {
    static func distance(_ one: Profile, _ other: Profile) -> Double {
        let main = OKLab(hex: one.main).distance(to: OKLab(hex: other.main))
        let hair = OKLab(hex: one.hairColour).distance(to: OKLab(hex: other.hairColour))
        return 0.45 * main + 0.2 * hair + 0.15 * (one.hair == other.hair ? 0 : 1)
            + 0.1 * (one.garment == other.garment ? 0 : 1) + 0.1 * abs(one.height - other.height)
    }
}
