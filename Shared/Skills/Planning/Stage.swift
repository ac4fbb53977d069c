// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest

/// Somebody as they are when a passage begins, and what they do while it is heard.
struct Figure: Equatable {
    struct Change: Equatable {
        /// How far into the passage, 0…1.
        var at: Double
        var pose: String?
        var expression: String?
        var gaze: String?
        var travels = false
    }

    var pose = "stand"
    var expression = "neutral"
    var gaze = ""
    var holding = ""
    var isTravelling = false
    /// Seen for the first time in the scene, and coming.
    var isArriving = false
    var changes: [Change] = []
}

/// What the stage looks like during one passage.
struct Tableau {
    /// Who is there, from left to right.
    var order: [CharacterID] = []
    var figures: [CharacterID: Figure] = [:]
    var props: [ShotDSL.Prop] = []
    /// A thing the passage is about, where nobody acts.
    var subjectProp: String?
}

/// Keeps account of who is there, how they stand and what they hold, passage after passage.
struct Stage {
    private(set) var order: [CharacterID] = []
    private var posture: [CharacterID: String] = [:]
    private var expression: [CharacterID: String] = [:]
    private var hands = Hands()
    private var sceneActors: Set<CharacterID> = []
    /// People of the scene who are not there from its start: the story lets them come.
    private var awaited: Set<CharacterID> = []
    /// Who stood left of whom in earlier scenes.
    private var history: [[CharacterID]] = []

    /// The curtain: a new scene with these passages.
    mutating func open(_ passages: ArraySlice<Passage>, jumpsInTime: Bool) {
        if order.count > 1 { history.insert(order, at: 0) }
        order = []
        posture = [:]
        expression = [:]
        if jumpsInTime { hands.dropAll() }
        sceneActors = Set(passages.flatMap { $0.isSpeech ? [$0.speaker] : $0.actors })
        awaited = Self.awaited(in: passages)
    }

    /// Those whose first deed, after others were there, is to come.
    private static func awaited(in passages: ArraySlice<Passage>) -> Set<CharacterID> {
        var seen: [CharacterID] = []
        var awaited: Set<CharacterID> = []
        for passage in passages {
            let here = passage.isSpeech ? [passage.speaker] : passage.actors
            for who in here where !seen.contains(who) {
                let first = passage.deeds.first { $0.isShown && $0.who.contains(who) }
                if !seen.isEmpty, first?.verb.kind == .travel { awaited.insert(who) }
                seen.append(who)
            }
        }
        return awaited
    }

    /// Sets out what a passage to come needs to find.
    mutating func dress(_ passage: Passage, at place: Place) { hands.dress(passage, at: place) }

    mutating func play(_ passage: Passage, at place: Place) -> Tableau {
        let before = order
        for who in arrivals(passage) { enter(who) }
        hands.read(passage, at: place)
        var tableau = Tableau(order: order)
        for who in order {
            var figure = Figure(
                pose: posture[who] ?? "stand", expression: expression[who] ?? "neutral", holding: hands.held[who] ?? "")
            act(&figure, of: who, in: passage)
            let comes = passage.deeds.contains {
                $0.who.contains(who) && ["come", "arrive", "enter", "return", "approach", "来", "进"].contains($0.lemma)
            }
            figure.isArriving = figure.isTravelling && (comes || awaited.contains(who) && !before.contains(who))
            tableau.figures[who] = figure
        }
        embrace(&tableau, passage)
        tableau.props = hands.props(at: place, sky: passage.sky)
        tableau.subjectProp = passage.isSpeech ? nil : hands.subject(of: passage)
        if let thing = tableau.subjectProp, Properties.flying.contains(thing), passage.actors.isEmpty {
            for who in order { tableau.figures[who]?.gaze = "up" }
        }
        return tableau
    }

    // MARK: coming on

    private func arrivals(_ passage: Passage) -> [CharacterID] {
        if passage.isSpeech {
            // Called for is not yet there.
            let listener = passage.addressee.flatMap { sceneActors.contains($0) && !awaited.contains($0) ? $0 : nil }
            return [passage.speaker] + (listener.map { [$0] } ?? [])
        }
        let touched = passage.deeds.contains { [.gesture, .handle].contains($0.verb.kind) && $0.isShown }
        return passage.actors + passage.objects.filter { sceneActors.contains($0) || touched }
    }

    private mutating func enter(_ who: CharacterID) {
        guard who != .narrator, !order.contains(who) else { return }
        if let known = history.first(where: { past in past.contains(who) && order.contains(where: past.contains) }) {
            // The same two keep their sides from scene to scene.
            let mates = order.filter(known.contains)
            let mine = known.firstIndex(of: who) ?? 0
            let behind = mates.last { (known.firstIndex(of: $0) ?? 0) < mine }
            let slot = behind.flatMap { order.firstIndex(of: $0) }.map { $0 + 1 } ?? order.firstIndex(of: mates[0]) ?? 0
            order.insert(who, at: slot)
        } else {
            order.insert(who, at: order.count < 2 ? order.count : order.count - 1)
        }
    }

    // MARK: acting

    private mutating func act(_ figure: inout Figure, of who: CharacterID, in passage: Passage) {
        feel(&figure, who, passage)
        guard !passage.isSpeech else {
            figure.gaze = who == passage.speaker ? passage.addressee?.rawValue ?? "" : passage.speaker.rawValue
            expression[who] = figure.expression
            return
        }
        var isFirst = true
        let deeds = passage.deeds.filter { $0.isShown && $0.who.contains(who) }
        for deed in deeds {
            let motion = Motion(
                deed, in: passage.tokens, isSeated: ["sit", "sit_ground", "kneel"].contains(figure.pose))
            let moment = Double(deed.token) / Double(max(1, passage.tokens.count))
            if isFirst {
                if !motion.pose.isEmpty { figure.pose = motion.pose }
                figure.isTravelling = motion.travels
                if !motion.gaze.isEmpty { figure.gaze = motion.gaze }
                if let face = motion.expression { figure.expression = face }
                isFirst = motion.pose.isEmpty
            } else if !motion.pose.isEmpty || motion.expression != nil {
                figure.changes.append(
                    Figure.Change(
                        at: moment, pose: motion.pose.isEmpty ? nil : motion.pose, expression: motion.expression,
                        gaze: motion.gaze.isEmpty ? nil : motion.gaze, travels: motion.travels))
            }
            if let lasting = motion.lasting { posture[who] = lasting }
        }
        expression[who] = figure.changes.last { $0.expression != nil }?.expression ?? figure.expression
        if figure.gaze.isEmpty, deeds.contains(where: { $0.verb.kind == .look }),
            let seen = passage.objects.first(where: { $0 != who })
        {
            figure.gaze = seen.rawValue
        }
    }

    /// Nobody embraces alone.
    private func embrace(_ tableau: inout Tableau, _ passage: Passage) {
        for deed in passage.deeds where deed.isShown && deed.verb.pose == "embrace" {
            guard let one = deed.who.first,
                let other = passage.objects.first(where: { $0 != one && order.contains($0) })
            else { continue }
            let moment = Double(deed.token) / Double(max(1, passage.tokens.count))
            let isFirst = tableau.figures[one]?.pose == "embrace"
            if isFirst {
                tableau.figures[other]?.pose = "embrace"
            } else {
                tableau.figures[other]?.changes.append(Figure.Change(at: moment, pose: "embrace", expression: "tender"))
            }
            tableau.figures[other]?.gaze = one.rawValue
        }
    }

    private func feel(_ figure: inout Figure, _ who: CharacterID, _ passage: Passage) {
        guard let affect = passage.affect else { return }
        if passage.isSpeech {
            if who == passage.speaker {
                figure.expression = affect.expression
            } else if who == passage.addressee, affect.answer != "neutral" {
                figure.expression = affect.answer
            }
        } else if passage.actors.contains(who) || passage.actors.isEmpty && (order.count == 1 || passage.owns(who)) {
            let weeps = passage.tokens.contains { ["tear", "tears", "眼泪"].contains($0.key) }
            figure.expression = weeps ? "crying" : affect.expression
        }
    }
}

/// One deed as a body shows it.
struct Motion {
    var pose: String
    var gaze = ""
    var expression: String?
    var travels = false
    /// How they stay after it; nil: as they were.
    var lasting: String?

    init(_ deed: Reading.Deed, in tokens: [Token], isSeated: Bool) {
        pose = deed.verb.pose
        let near = Set(tokens[min(deed.token + 1, tokens.count)...].prefix(5).map(\.key))
        switch deed.verb.kind {
        case .travel:
            if ["jump", "leap"].contains(deed.lemma),
                !near.isDisjoint(with: ["out", "down", "into", "from", "off", "onto", "over"])
            {
                pose = "run"
            }
            travels = ["walk", "run"].contains(pose)
            lasting = "stand"
        case .posture:
            if pose == "sit", !near.isDisjoint(with: ["ground", "grass", "sand", "floor", "rug", "地上", "草地"]) {
                pose = "sit_ground"
            }
            if ["sleep", "doze", "nap", "睡", "睡着"].contains(deed.lemma) { expression = "asleep" }
            lasting = pose
        case .gesture:
            if isSeated, !Self.gettingUp.contains(deed.lemma) { pose = "" } else if !pose.isEmpty { lasting = "stand" }
        case .handle:
            if !near.isDisjoint(with: ["high", "above", "overhead", "aloft", "高高"]) { pose = "wave" }
            if isSeated { pose = "" } else if ["hold", "wave", "carry"].contains(pose) { lasting = pose }
        case .look:
            if near.contains("up") || !near.isDisjoint(with: ["sky", "stars", "moon", "lighthouse", "天空", "星星", "月亮"]) {
                pose = isSeated ? "" : "look_up"
                gaze = "up"
            } else if near.contains("down") {
                gaze = "down"
            }
        case .feel: expression = Self.faces[deed.lemma]
        case .think: if isSeated { pose = "" }
        }
        if deed.lemma == "turn" || deed.lemma == "wake" { pose = isSeated ? "" : pose }
    }

    /// Deeds for which somebody gets out of a chair.
    private static let gettingUp: Set<String> = [
        "give", "take", "hand", "embrace", "hug", "dance", "push", "pull", "open", "throw", "cheer", "给", "拿",
    ]

    private static let faces: [String: String] = [
        "weep": "crying", "cry": "crying", "sob": "crying", "laugh": "happy", "smile": "happy", "grin": "happy",
        "tremble": "afraid",
        "shiver": "afraid", "sigh": "sad", "frown": "angry", "yawn": "tired", "blush": "tender", "gasp": "surprised",
        "sing": "happy",
        "sulk": "angry", "哭": "crying", "笑": "happy", "微笑": "happy", "发抖": "afraid", "叹气": "sad",
    ]
}
