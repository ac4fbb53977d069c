// Entities · pure · sees Contracts, Policies, Ingest
import Ingest

/// What one sentence says about where it plays.
struct PlaceScan {
    struct Visit: Equatable {
        var kind: String
        var variant: String
        var label: String
        var features: [String]
        var isIndoors: Bool
        /// 3: they are there or go there. 2: the sentence is about it. 1: a hint. 0: only looked at.
        var strength: Int
        /// Whose house it is, if it is somebody's.
        var owner: String
    }

    private let tokens: [Token]

    init(_ tokens: [Token]) { self.tokens = tokens }

    /// The place the sentence ends up in, if it says one.
    func visit() -> Visit? {
        let visits = tokens.indices.compactMap(visit(at:)).filter { $0.strength > 0 }
        guard let strongest = visits.map(\.strength).max() else { return nil }
        return strongest == 3 ? visits.last { $0.strength == 3 } : visits.first { $0.strength == strongest }
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
                kind: "outside", variant: "", label: "outside", features: [], isIndoors: false, strength: 3, owner: "")
        }
        guard !token.isPossessive, let (noun, word) = PlaceWords.look(token.key), !qualifiesNext(position) else {
            return nil
        }
        let frame = frame(of: position)
        var visit = Visit(
            kind: word.kind, variant: word.variant, label: frame.label, features: word.features,
            isIndoors: word.isIndoors,
            strength: strength(of: word, noun: noun, in: frame), owner: frame.owner)
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

    /// What stands before the noun: its determiner phrase, the preposition that governs it, the verb before that.
    private struct Frame {
        var label: String
        var owner = ""
        var preposition = ""
        var verb: (lemma: String, verb: Verb)?
        var isSubject = false
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
        }
        if tokens[position].key.contains(where: Language.isHan) { return hanFrame(of: position) }
        let own = tokens[start...position].drop { ["the", "a", "an"].contains($0.key) }
        var frame = Frame(
            label: own.map { $0.isPossessive ? $0.text + "'s" : $0.text }.joined(separator: " "), owner: owner)
        if start > 0, tokens[start - 1].mark.isEmpty, Syntax.prepositions.contains(tokens[start - 1].key) {
            frame.preposition = tokens[start - 1].key
            start -= 1
            // "in front of the house" is before it.
            if frame.preposition == "of", start > 0, tokens[start - 1].key == "front" { frame.preposition = "before" }
            // "up to", "out at", "out of", "down into".
            if start > 0, tokens[start - 1].mark.isEmpty,
                ["up", "out", "down", "back", "over"].contains(tokens[start - 1].key)
            {
                start -= 1
            }
        }
        if let verb = tokens[max(0, start - 3)..<start].last(where: { Verbs.look($0.key) != nil }) {
            frame.verb = Verbs.look(verb.key)
        }
        frame.isSubject = frame.preposition.isEmpty && Syntax.isSubject(endingAt: position, in: tokens)
        return frame
    }

    /// Chinese says it in the few words before the noun: 站在码头上, 跑上山坡.
    private func hanFrame(of position: Int) -> Frame {
        let before = tokens[max(0, position - 3)..<position].filter { $0.mark.isEmpty }
        var frame = Frame(label: tokens[position].text)
        frame.preposition = before.last { ["在", "往", "向", "朝", "从"].contains($0.key) }?.key ?? ""
        frame.verb = before.last { Verbs.look($0.key) != nil }.flatMap { Verbs.look($0.key) }
        return frame
    }

    private func strength(of word: PlaceWord, noun: String, in frame: Frame) -> Int {
        if noun.contains(where: Language.isHan) { return hanStrength(of: word, in: frame) }
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
        return noun.contains(where: Language.isHan)
            && (["在"].contains(frame.preposition) || frame.verb?.verb.kind == .travel)
    }
}
