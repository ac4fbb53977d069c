// Entities · pure · sees Contracts, Policies, Ingest
import Ingest

/// What one sentence says about where it plays.
struct PlaceScan {
    struct Visit: Equatable {
        var kind: String
        var variant: String
        var noun: String
        var label: String
        var features: [String]
        var isIndoors: Bool
        /// 3: they are there or go there. 2: the sentence is about it. 1: a hint. 0: only looked at.
        var strength: Int
        /// Whose house it is, if it is somebody's.
        var owner: String
        /// The sentence begins with it.
        var isSubject = false
    }

    private let tokens: [Token]

    init(_ tokens: [Token]) { self.tokens = tokens }

    /// The place the sentence ends up in, if it says one.
    func visit() -> Visit? {
        let visits = tokens.indices.compactMap(visit(at:)).filter { $0.strength > 0 }
        guard let strongest = visits.map(\.strength).max() else { return nil }
        // Who travels ends up in the last of them; who does not is in the first, beside which the others lie.
        let isJourney = tokens.contains { Verbs.look($0.key)?.verb.kind == .travel }
        return strongest == 3 && isJourney
            ? visits.last { $0.strength == 3 } : visits.first { $0.strength == strongest }
    }

    /// Things of places that the sentence names: they stand in the picture.
    func features() -> [String] {
        tokens.compactMap {
            PlaceWords.features[$0.key] ?? PlaceWords.look($0.key).flatMap { PlaceWords.features[$0.noun] }
        }
    }

    // MARK: one noun

    private func visit(at position: Int) -> Visit? {
        let token = tokens[position]
        if ["outside", "outdoors"].contains(token.key), token.endsClause || position == 0 {
            return Visit(
                kind: "outside", variant: "", noun: "", label: "outside", features: [], isIndoors: false,
                strength: position == 0 && token.mark == "," ? 1 : 3, owner: "")
        }
        guard !token.isPossessive, let (noun, word) = PlaceWords.look(token.key), !qualifiesNext(position) else {
            return nil
        }
        // "a square of graph paper", "every beast in the valley", "when rivers still argued": nobody is there.
        if position + 1 < tokens.count, tokens[position + 1].key == "of", Self.measures.contains(noun) { return nil }
        if tokens[max(0, position - 4)..<position].contains(where: { ["every", "each", "any"].contains($0.key) }) {
            return nil
        }
        // "the roof of the conservatory": the conservatory is where it is.
        guard position + 1 >= tokens.count || tokens[position + 1].key != "of" || !isPlace(near: position + 2) else {
            return nil
        }
        guard !Self.alsoVerbs.contains(noun) || position > 0 && Syntax.isDeterminer(tokens[position - 1]) else {
            return nil
        }
        // 村里的老师, 山脚下的老屋: it only says which.
        if noun.contains(where: Language.isHan), modifies(position) { return nil }
        let frame = frame(of: position)
        var visit = Visit(
            kind: word.kind, variant: word.variant, noun: noun, label: frame.label, features: word.features,
            isIndoors: word.isIndoors,
            strength: strength(of: word, noun: noun, in: frame), owner: frame.owner)
        if word.weight == .hint { visit.label = word.kind }
        visit.isSubject = frame.isSubject && position < 5
        if noun == "room", position > 0, ["lamp", "lantern", "light"].contains(tokens[position - 1].key) {
            visit.kind = "lamp_room"
        }
        if word.weight == .building, visit.strength > 0, !isInside(noun, frame) {
            // Before a house is not in it.
            visit.kind = "outside"
            visit.isIndoors = false
            visit.features = PlaceWords.features[noun].map { [$0] } ?? []
            visit.strength = min(visit.strength, 2)
        }
        return visit
    }

    /// "the village school", "Hill Street": the next noun is the place.
    private func qualifiesNext(_ position: Int) -> Bool {
        guard tokens[position].mark.isEmpty, position + 1 < tokens.count else { return false }
        let next = tokens[position + 1]
        return PlaceWords.look(next.key) != nil
            || ["light", "water", "air", "floor", "door", "wall", "walls", "breeze", "path"].contains(next.key)
    }

    private static let alsoVerbs: Set<String> = ["hold", "bank", "ford", "store", "park", "land", "field", "bar"]

    private func modifies(_ position: Int) -> Bool {
        for next in tokens[position...].prefix(4) {
            guard next.mark.isEmpty else { return false }
            if next.key == "的" { return true }
        }
        return false
    }

    private static let measures: Set<String> = ["square", "sea", "forest", "field", "mountain", "bank", "bar", "hill"]

    private func isPlace(near position: Int) -> Bool {
        tokens.indices.contains(position) && tokens[position...].prefix(3).contains { PlaceWords.look($0.key) != nil }
    }

    /// Parts of a place, and where they are said to be is where it is.
    private static let parts: Set<String> = [
        "counter", "corner", "edge", "middle", "arch", "foot", "end", "back", "side", "top", "shade", "door", "doorway",
        "mouth", "bottom", "floor", "roof", "wall", "heart", "centre", "center", "rest", "steps", "gate", "entrance",
    ]

    /// What stands before the noun: its determiner phrase, the preposition that governs it, the verb before that.
    private struct Frame {
        var label: String
        var owner = ""
        var preposition = ""
        var verb: (lemma: String, verb: Verb)?
        var isSubject = false
        /// "had walked by the lane", "threw it into the harbour": nobody is there now.
        var isTold = false
        /// "when rivers still argued".
        var isBarePlural = false
        /// 林子里, 桥上.
        var isEntered = false
        /// "there was a ford".
        var isThere = false
    }

    private func frame(of position: Int) -> Frame {
        var start = position
        var owner = ""
        while start > 0, position - start < 4, tokens[start - 1].mark.isEmpty || tokens[start - 1].mark == "-" {
            let before = tokens[start - 1]
            if Syntax.prepositions.contains(before.key) || Syntax.conjunctions.contains(before.key) { break }
            if Verbs.look(before.key) != nil || Verbs.auxiliaries.contains(before.key) { break }
            if before.isPossessive { owner = before.key }
            start -= 1
            if Syntax.determiners.contains(before.key) { break }
        }
        if tokens[position].key.contains(where: Language.isHan) { return hanFrame(of: position) }
        let own = tokens[start...position].drop { ["the", "a", "an"].contains($0.key) }
        var label = own.map { $0.isPossessive ? $0.text + "'s" : $0.text }.joined(separator: " ")
        // "Port Sorrow".
        if tokens[position].isCapitalised, !tokens[position].opensSentence, tokens[position].mark.isEmpty,
            position + 1 < tokens.count, tokens[position + 1].isCapitalised
        {
            label += " " + tokens[position + 1].text
        }
        var frame = Frame(label: label, owner: owner)
        if start > 0, tokens[start - 1].mark.isEmpty, Syntax.prepositions.contains(tokens[start - 1].key) {
            frame.preposition = tokens[start - 1].key
            start -= 1
            // "in front of the house" is before it.
            if frame.preposition == "of", start > 0, tokens[start - 1].key == "front" { frame.preposition = "before" }
            // "from the counter of the café".
            if frame.preposition == "of", start > 1, Self.parts.contains(tokens[start - 1].key) {
                let part = self.frame(of: start - 1)
                frame.preposition = part.preposition == "from" ? "at" : part.preposition
                frame.verb = part.verb
                frame.isSubject = part.isSubject
                return frame
            }
            // "up to", "out at", "out of", "down into".
            if start > 0, tokens[start - 1].mark.isEmpty,
                ["up", "out", "down", "back", "over"].contains(tokens[start - 1].key)
            {
                start -= 1
            }
        }
        if let place = tokens[max(0, start - 3)..<start].lastIndex(where: { Verbs.look($0.key) != nil }) {
            frame.verb = Verbs.look(tokens[place].key)
            frame.isTold = tokens[max(0, place - 2)..<place].contains { ["had", "have", "has"].contains($0.key) }
        }
        let throwing: Set<String> = ["threw", "tossed", "dropped", "flung", "hurled", "pushed", "poured", "spat"]
        if tokens[max(0, start - 5)..<start].contains(where: { throwing.contains($0.key) }) { frame.isTold = true }
        frame.isBarePlural =
            frame.preposition.isEmpty && start == position && tokens[position].key.hasSuffix("s")
            && !tokens[position].isCapitalised
        frame.isThere =
            start > 1 && tokens[start - 2].key == "there"
            && ["was", "is", "stood", "lay"].contains(tokens[start - 1].key)
        frame.isSubject = frame.preposition.isEmpty && Syntax.isSubject(endingAt: position, in: tokens)
        return frame
    }

    /// Chinese says it in the few words before the noun: 站在码头上, 跑上山坡.
    private func hanFrame(of position: Int) -> Frame {
        let before = tokens[max(0, position - 3)..<position].filter { $0.mark.isEmpty }
        var frame = Frame(label: tokens[position].text)
        frame.preposition = before.last { ["在", "往", "向", "朝", "从"].contains($0.key) }?.key ?? ""
        frame.verb = before.last { Verbs.look($0.key) != nil }.flatMap { Verbs.look($0.key) }
        let next = position + 1 < tokens.count && tokens[position].mark.isEmpty ? tokens[position + 1].key : ""
        frame.isEntered = next.first.map { "里上中内".contains($0) } ?? false
        return frame
    }

    private func strength(of word: PlaceWord, noun: String, in frame: Frame) -> Int {
        if noun.contains(where: Language.isHan) { return hanStrength(of: word, in: frame) }
        if frame.isTold { return 0 }
        let strong = word.weight == .hint ? 1 : 3
        switch frame.preposition {
        case "of", "from", "like", "about", "than", "off", "without": return 0
        case "to", "toward", "towards", "at", "over", "across", "beyond":
            if let verb = frame.verb, verb.verb.kind == .look || verb.verb.kind == .think || verb.lemma == "point" {
                return 0
            }
            return frame.preposition == "over" ? min(strong, 2) : strong
        case "": break
        default: return frame.verb?.verb.kind == .think ? 0 : strong
        }
        if frame.isBarePlural { return 0 }
        if frame.isThere { return strong }
        if frame.isSubject { return word.weight == .hint ? 1 : 2 }
        guard let verb = frame.verb else { return word.weight == .hint ? 1 : 2 }
        switch verb.verb.kind {
        case .travel: return verb.lemma == "leave" ? 0 : strong
        case .look, .think: return 0
        default: return word.weight == .hint ? 1 : min(strong, 2)
        }
    }

    private func hanStrength(of word: PlaceWord, in frame: Frame) -> Int {
        if let verb = frame.verb, verb.verb.kind == .look || verb.verb.kind == .think { return 0 }
        if frame.preposition == "从" { return 0 }
        if frame.isEntered, word.weight != .hint { return 3 }
        if word.weight == .hint { return 1 }
        return ["在", "往", "向", "朝"].contains(frame.preposition) || frame.verb?.verb.kind == .travel ? 3 : 2
    }

    private func isInside(_ noun: String, _ frame: Frame) -> Bool {
        if ["in", "inside", "into", "within", "on", "through"].contains(frame.preposition) { return true }
        if ["at", ""].contains(frame.preposition), noun == "home" { return true }
        if frame.preposition == "at", ["school", "station", "inn", "tavern", "pub", "café", "cafe"].contains(noun) {
            return true
        }
        if let verb = frame.verb, frame.preposition.isEmpty, verb.lemma == "enter" { return true }
        // "Brandt's closed at five": of a shop its inside is told.
        if frame.isSubject, PlaceWords.table[noun].map({ ["shop", "tavern"].contains($0.kind) }) ?? false {
            return true
        }
        return noun.contains(where: Language.isHan)
            && (["在"].contains(frame.preposition) || frame.verb?.verb.kind == .travel)
    }
}
