// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest

/// How much of somebody is in the frame, from far to near.
enum Framing: String, Comparable, Sendable {
    case establishing
    case wide
    case medium
    case closeUp = "close_up"
    case insert

    private var rank: Int {
        switch self {
        case .establishing: 0
        case .wide: 1
        case .medium: 2
        case .closeUp: 3
        case .insert: 4
        }
    }

    static func < (left: Framing, right: Framing) -> Bool { left.rank < right.rank }

    /// The shortest time in which such a picture is understood.
    var least: Int {
        switch self {
        case .establishing: 2500
        case .wide: 2000
        case .medium: 1500
        case .closeUp: 1200
        case .insert: 1000
        }
    }
}

/// Where the camera is for one passage, and on whom.
struct Setup: Equatable {
    var framing: Framing
    /// Who is in the picture; empty: nobody, the place itself.
    var people: [CharacterID]
    var intent: String
    var prop: String?

    /// More than these and nobody is seen.
    static let most = 5

    /// At most five, those who matter first to be kept, in the order they stand.
    static func few(_ people: [CharacterID], keeping lead: [CharacterID]) -> [CharacterID] {
        guard people.count > most else { return people }
        let kept = (people.filter(lead.contains) + people.filter { !lead.contains($0) }).prefix(most)
        return people.filter(kept.contains)
    }
}

/// What a director would point the camera at.
struct Director {
    /// How many speeches of the scene went before.
    private var speeches = 0
    /// Who has been in one picture.
    private var together: [[CharacterID]] = []
    private var hasSeenPlace: Bool
    private var hasSeenPeople = false
    /// Somebody has just looked at something: now we see it.
    private var looks = false

    /// What begins with a passage.
    enum Opening {
        case scene
        case place
        case none
    }

    /// `knowsPlace`: an earlier scene already showed where this is.
    init(knowsPlace: Bool) { hasSeenPlace = knowsPlace }

    mutating func setup(_ passage: Passage, _ tableau: Tableau, opening: Opening) -> Setup {
        var setup = passage.isSpeech ? speech(passage, tableau) : narration(passage, tableau, opening)
        setup.people = Setup.few(setup.people, keeping: passage.isSpeech ? [passage.speaker] : passage.actors)
        looks =
            !passage.isSpeech && passage.deeds.last.map { $0.isShown && $0.verb.kind == .look } ?? false
            && passage.objects.isEmpty
        hasSeenPlace = true
        if setup.people.count > 1 { together.append(setup.people) }
        if !setup.people.isEmpty { hasSeenPeople = true }
        return setup
    }

    // MARK: speech

    private mutating func speech(_ passage: Passage, _ tableau: Tableau) -> Setup {
        defer { speeches += 1 }
        let listener = passage.addressee.flatMap { tableau.order.contains($0) && $0 != passage.speaker ? $0 : nil }
        let pair = [passage.speaker] + (listener.map { [$0] } ?? [])
        guard pair.count > 1 else {
            return Setup(framing: isIntimate(passage) ? .closeUp : .medium, people: pair, intent: "dialogue")
        }
        // First both, so that everybody knows who looks at whom; then one at a time; now and then both again.
        let hasSeenPair = together.contains { pair.allSatisfy($0.contains) }
        let isKnown = together.contains { $0.contains(passage.speaker) }
        let isHeavy = passage.affect?.isStrong ?? false && isKnown
        if !hasSeenPair && !isHeavy || speeches % 5 == 4 && !isIntimate(passage) {
            return Setup(framing: .medium, people: inOrder(pair, tableau), intent: "dialogue")
        }
        let isTight = isIntimate(passage) || speeches > 2 && speeches % 2 == 0
        return Setup(framing: isTight ? .closeUp : .medium, people: [passage.speaker], intent: "dialogue")
    }

    private func isIntimate(_ passage: Passage) -> Bool {
        passage.affect?.isStrong ?? false || SpeechVerbs.tone(of: passage.verb) == "whisper"
            || passage.manner.contains { $0.key == "softly" }
    }

    // MARK: narration

    private func narration(_ passage: Passage, _ tableau: Tableau, _ opening: Opening) -> Setup {
        let actors = passage.actors.filter(tableau.order.contains)
        let shown = passage.deeds.filter { deed in deed.isShown && deed.who.contains(where: actors.contains) }
        if actors.isEmpty { return description(passage, tableau, opening) }
        let partners = passage.touched.filter { tableau.order.contains($0) && !actors.contains($0) }
        let kinds = Set(shown.map(\.verb.kind))
        if opening != .none {
            let isNew = opening == .scene && !hasSeenPlace
            return Setup(
                framing: isNew ? .establishing : .wide, people: everybody(tableau, or: actors + partners),
                intent: isNew ? "establish" : "show")
        }
        if kinds.contains(.travel) || actors.count + partners.count > 2
            || shown.contains(where: { $0.verb.pose == "bow" || $0.verb.pose == "lie" }) || !hasSeenPeople
        {
            return Setup(framing: .wide, people: everybody(tableau, or: actors + partners), intent: "action")
        }
        if !partners.isEmpty, let lead = actors.first {
            let looksOnly = !kinds.isEmpty && kinds.isSubset(of: [.look, .feel, .think])
            return looksOnly
                ? Setup(framing: .closeUp, people: [lead], intent: "reaction")
                : Setup(framing: .medium, people: inOrder(actors + partners, tableau), intent: "action")
        }
        if actors.count > 1 { return Setup(framing: .medium, people: inOrder(actors, tableau), intent: "show") }
        if passage.describesLooks { return Setup(framing: .medium, people: actors, intent: "show") }
        if kinds.contains(.feel) || kinds == [.think]
            || passage.affect?.isStrong ?? false && kinds.isDisjoint(with: [.handle, .gesture, .posture])
        {
            return Setup(framing: .closeUp, people: actors, intent: "emotion")
        }
        return Setup(framing: .medium, people: actors, intent: kinds.isEmpty ? "show" : "action")
    }

    /// A sentence in which nobody acts: the place, a thing, or the people in it.
    private func description(_ passage: Passage, _ tableau: Tableau, _ opening: Opening) -> Setup {
        if opening == .scene || tableau.order.isEmpty {
            return Setup(framing: .establishing, people: [], intent: opening == .scene ? "establish" : "show")
        }
        // "Her hands shook": whoever the sentence owns something of.
        if let owner = passage.mentions.first(where: { $0.part == .owner && tableau.order.contains($0.who) }) {
            let isStrong = passage.affect?.isStrong ?? false
            return Setup(framing: isStrong ? .closeUp : .medium, people: [owner.who], intent: "show")
        }
        if looks { return Setup(framing: .establishing, people: [], intent: "reveal") }
        if let prop = tableau.subjectProp, tableau.props.contains(where: { $0.kind == prop }) {
            if Properties.flying.contains(prop) {
                return Setup(framing: .wide, people: everybody(tableau, or: []), intent: "reveal", prop: prop)
            }
            return Setup(framing: .insert, people: [], intent: "reveal", prop: prop)
        }
        if tableau.order.count == 1 { return Setup(framing: .medium, people: tableau.order, intent: "reaction") }
        return Setup(framing: .wide, people: tableau.order, intent: "show")
    }

    /// Whoever is there, as long as they are few; else those it is about.
    private func everybody(_ tableau: Tableau, or few: [CharacterID]) -> [CharacterID] {
        tableau.order.count <= 4 || few.isEmpty ? tableau.order : inOrder(few, tableau)
    }

    /// As they stand, left to right, nobody twice.
    private func inOrder(_ people: [CharacterID], _ tableau: Tableau) -> [CharacterID] {
        tableau.order.filter(people.contains)
    }
}
