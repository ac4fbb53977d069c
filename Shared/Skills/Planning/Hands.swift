// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest

/// Things: who holds which, what stands in which place, and whether the lamp is lit.
struct Hands {
    private struct Standing {
        var thing: Properties.Thing
        var label: String
        var colour: String
        /// Mentioned with "far": deep in the picture.
        var isFar: Bool
    }

    private(set) var held: [CharacterID: String] = [:]
    private var standing: [PlaceID: [Standing]] = [:]
    private var states: [String: String] = [:]

    /// Given, but still in the giver's hand while the giving is shown.
    private var given: [(kind: String, to: CharacterID)] = []

    mutating func dropAll() {
        held = [:]
        given = []
    }

    /// Furniture is there before a sentence comes to speak of it, and so is what will be taken from the table.
    mutating func dress(_ passage: Passage, at place: Place) {
        guard !passage.isSpeech else { return }
        let tokens = passage.tokens
        for position in tokens.indices {
            guard let thing = thing(at: position, in: tokens), admits(thing, place) else { continue }
            let after = tokens[(position + 1)...].prefix(3).map(\.key)
            let isTakenFrom =
                thing.isHeld && after.first == "from" && after.contains { Properties.look($0)?.kind == "table" }
            let isThere = thing.kind == "boat" && isFar(position, tokens)
            let isFurniture = Properties.furniture.contains(thing.kind) || isThere
            if isFurniture || isTakenFrom {
                put(thing, label: label(position, tokens), isFar: isThere, in: place.placeID)
            }
        }
    }

    /// Reads the things of one sentence of narration.
    mutating func read(_ passage: Passage, at place: Place) {
        for gift in given { pick(gift.kind, by: gift.to) }
        given = []
        guard !passage.isSpeech else { return }
        let tokens = passage.tokens
        for position in tokens.indices {
            guard let thing = thing(at: position, in: tokens), !isSomebody(position, passage) else { continue }
            readState(of: thing, at: position, in: tokens)
            if thing.isHeld, let holder = holder(of: thing, at: position, in: passage) {
                pick(thing.kind, by: holder)
                remove(thing.kind, from: place.placeID)
            } else if !held.values.contains(thing.kind), admits(thing, place) {
                put(thing, label: label(position, tokens), isFar: isFar(position, tokens), in: place.placeID)
            }
        }
        handOver(passage)
        letGo(passage)
    }

    /// In a fable the crow is no bird among the props.
    private func isSomebody(_ position: Int, _ passage: Passage) -> Bool {
        passage.mentions.contains {
            !$0.isPronoun && ($0.token...$0.token + 2).contains(position) && !passage.tokens[$0.token].isPossessive
        }
            && ["bird", "dog", "cat", "horse", "fish", "sheep"].contains(
                Properties.look(passage.tokens[position].key)?.kind ?? "")
    }

    /// A noun for a thing, used as a noun.
    private func thing(at position: Int, in tokens: [Token]) -> Properties.Thing? {
        guard let thing = Properties.look(tokens[position].key), !tokens[position].isPossessive else { return nil }
        if tokens[position].key.contains(where: Language.isHan) { return thing }
        let before = tokens[max(0, position - 3)..<position].reversed()
        for token in before {
            guard token.mark.isEmpty else { return nil }
            if Syntax.isDeterminer(token) || Colours.isColour(token.key) {
                return isDenied(position, tokens) ? nil : thing
            }
            if Syntax.prepositions.contains(token.key) || Verbs.auxiliaries.contains(token.key) { break }
        }
        return nil
    }

    private func isDenied(_ position: Int, _ tokens: [Token]) -> Bool {
        tokens[max(0, position - 3)..<position].contains { ["no", "without", "like"].contains($0.key) }
    }

    /// The noun with its colour, if it has one: "red kite".
    private func label(_ position: Int, _ tokens: [Token]) -> String {
        let before = position > 0 && Colours.isColour(tokens[position - 1].key) ? tokens[position - 1].key + " " : ""
        return before + tokens[position].key
    }

    private func isFar(_ position: Int, _ tokens: [Token]) -> Bool {
        tokens.contains { ["far", "distant", "distance", "horizon", "away", "远"].contains($0.key) }
    }

    private func admits(_ thing: Properties.Thing, _ place: Place) -> Bool {
        let isIndoors = [
            "room", "kitchen", "bedroom", "tavern", "shop", "palace", "classroom", "office", "corridor", "stairs",
            "church",
        ].contains(place.kind)
        return switch thing.home {
        case .anywhere: true
        case .indoors: isIndoors
        case .outdoors: !isIndoors
        case .water: ["sea", "beach", "river", "lake", "ship"].contains(place.kind)
        }
    }

    // MARK: hands

    /// Verbs that put their object into the subject's hand.
    private static let taking: Set<String> = [
        "hold", "carry", "take", "lift", "raise", "grab", "snatch", "clutch", "grip", "pick", "bring", "wave", "swing",
        "catch", "read",
        "open", "drink", "grasp", "clasp", "drag", "squeeze", "cradle", "light", "举", "举起", "拿", "提", "捧", "带", "抱",
    ]

    private func holder(of thing: Properties.Thing, at position: Int, in passage: Passage) -> CharacterID? {
        let before = passage.deeds.last { $0.token < position && position - $0.token < 7 }
        if let before, before.isShown, Self.taking.contains(before.lemma) { return before.who.first }
        // "came with a lantern", "a lantern in her hand".
        let lead = passage.tokens[max(0, position - 4)..<position].map(\.key)
        let follow = passage.tokens[(position + 1)...].prefix(4).map(\.key)
        if lead.contains("with") || follow.contains(where: { ["hand", "hands", "arms", "手里"].contains($0) }) {
            return passage.mentions.last { $0.token < position && $0.part == .subject }?.who
        }
        return nil
    }

    private mutating func pick(_ kind: String, by who: CharacterID) {
        for other in held.keys.sorted() where held[other] == kind { held[other] = nil }
        held[who] = kind
    }

    private static let giving: Set<String> = [
        "give", "hand", "offer", "pass", "put", "place", "press", "lend", "给", "递",
    ]

    /// "gave it to her": from the giver's hand into hers.
    private mutating func handOver(_ passage: Passage) {
        for deed in passage.deeds where deed.isShown && Self.giving.contains(deed.lemma) {
            guard let giver = deed.who.first else { continue }
            let clause = passage.tokens[min(deed.token + 1, passage.tokens.count)...].prefix(8)
            let named = clause.indices.compactMap { thing(at: $0, in: passage.tokens) }.first { $0.isHeld }?.kind
            let receiver = passage.mentions.first {
                $0.token > deed.token && $0.token < deed.token + 9 && $0.who != giver
                    && ($0.part == .object || $0.part == .owner)
            }?.who
            guard let kind = named ?? held[giver] else { continue }
            if let receiver {
                given.append((kind, receiver))
            } else if ["put", "place"].contains(deed.lemma) {
                held[giver] = nil
            }
        }
    }

    private mutating func letGo(_ passage: Passage) {
        for deed in passage.deeds
        where deed.isShown && ["drop", "throw", "toss", "release", "lose"].contains(deed.lemma) {
            for who in deed.who { held[who] = nil }
        }
    }

    // MARK: places

    private mutating func put(_ thing: Properties.Thing, label: String, isFar: Bool, in place: PlaceID) {
        var here = standing[place] ?? []
        if let known = here.firstIndex(where: { $0.thing.kind == thing.kind }) {
            if !isFar { here[known].isFar = false }
        } else if here.count < 5 {
            let colour = words(label).first.flatMap { Colours.hex($0) } ?? ""
            here.append(Standing(thing: thing, label: label, colour: colour, isFar: isFar))
        }
        standing[place] = here
    }

    private mutating func remove(_ kind: String, from place: PlaceID) {
        standing[place]?.removeAll { $0.thing.kind == kind }
    }

    private mutating func readState(of thing: Properties.Thing, at position: Int, in tokens: [Token]) {
        let after = tokens[(position + 1)...].prefix(4).map(\.key)
        let before = tokens[max(0, position - 3)..<position].map(\.key)
        if Properties.lights.contains(thing.kind) {
            if after.contains(where: ["out", "dark", "broken", "unlit", "灭"].contains) { states[thing.kind] = "unlit" }
            if (before + after).contains(
                where: ["lit", "light", "burning", "burned", "glowed", "glowing", "shone", "bright", "点亮"].contains)
            {
                states[thing.kind] = "lit"
            }
        }
        if thing.kind == "door", (before + after).contains(where: ["open", "opened"].contains) {
            states["door"] = "open"
        }
    }

    func props(at place: Place, sky: Sky) -> [ShotDSL.Prop] {
        let all = standing[place.placeID] ?? []
        // A table comes before what stands on it.
        let here = all.filter { $0.thing.kind == "table" } + all.filter { $0.thing.kind != "table" }
        let hasTable = here.first?.thing.kind == "table"
        var props: [ShotDSL.Prop] = []
        for (order, item) in here.enumerated() {
            let kind = item.thing.kind
            let onTable = hasTable && Properties.tableware.contains(kind)
            let glows = Properties.lights.contains(kind)
            props.append(
                ShotDSL.Prop(
                    id: "p\(order + 1)", kind: kind, label: item.label,
                    x: onTable ? 0.46 + 0.06 * Double(order % 2) : item.thing.x,
                    depth: item.isFar ? 0.9 : item.thing.depth,
                    on: onTable ? props.first { $0.kind == "table" }?.id ?? "" : "",
                    scale: item.isFar ? 0.6 : item.thing.scale,
                    state: states[kind] ?? (glows && ["dusk", "night"].contains(sky.time) ? "lit" : ""),
                    colour: item.colour))
        }
        return props
    }

    /// The thing a sentence is about: "The lamp was out."
    func subject(of passage: Passage) -> String? {
        passage.tokens.indices.lazy.compactMap { position -> String? in
            guard let thing = thing(at: position, in: passage.tokens),
                Syntax.isSubject(endingAt: position, in: passage.tokens)
            else { return nil }
            return thing.kind
        }.first
    }
}
