// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest

/// Who is in a scene, where they stand, what they hold and how they feel, as the sentences pass.
struct Stage {
    private let people: [Person]
    /// In order of appearance; the first stands left, the second right, for the whole scene.
    private(set) var everybody: [CharacterID] = []
    private var holding: [CharacterID: String] = [:]
    private var feeling: [CharacterID: String] = [:]
    private var posture: [CharacterID: String] = [:]

    init(people: [Person]) { self.people = people }

    var present: [CharacterID] { everybody }

    var axis: ShotDSL.Axis {
        ShotDSL.Axis(left: everybody.first, right: everybody.count > 1 ? everybody[1] : nil)
    }

    /// Who acts or speaks in these sentences is there from now on; who is only spoken of is not.
    mutating func enter(_ group: [Reading.Moment]) {
        for moment in group {
            if let speaker = moment.speaker { arrive(speaker) }
            if let listener = moment.addressee { arrive(listener) }
            guard !moment.isSpeech else { continue }
            for mention in moment.mentions where mention.part == .subject || mention.part == .object {
                arrive(mention.who)
            }
            for deed in moment.deeds where deed.isShown { perform(deed, in: moment) }
            if let feeling = FeelingWords.expression(in: moment),
                let who = moment.mentions.first(where: { $0.part == .subject })?.who
            {
                self.feeling[who] = feeling
            }
        }
    }

    /// A look of surprise does not outlive its shot; sitting does.
    mutating func settle(after group: [Reading.Moment]) {
        for who in everybody where posture[who] != "sit" && posture[who] != "kneel" { posture[who] = nil }
    }

    private mutating func arrive(_ who: CharacterID) {
        if who != .narrator, !everybody.contains(who), people.contains(where: { $0.characterID == who }) {
            everybody.append(who)
        }
    }

    private mutating func perform(_ deed: Reading.Deed, in moment: Reading.Moment) {
        for who in deed.who {
            if !deed.verb.pose.isEmpty { posture[who] = deed.verb.pose }
            guard deed.verb.kind == .handle || deed.verb.kind == .gesture else { continue }
            let after = moment.tokens.dropFirst(deed.token + 1).prefix(5).map(\.key)
            if let thing = after.lazy.compactMap(PropWords.handheld).first {
                for other in everybody where holding[other] == thing { holding[other] = nil }
                holding[receiver(of: deed, in: moment) ?? who] = thing
            }
        }
    }

    /// "gave it to her": the thing changes hands.
    private func receiver(of deed: Reading.Deed, in moment: Reading.Moment) -> CharacterID? {
        guard ["give", "hand", "offer", "pass"].contains(deed.lemma) else { return nil }
        return moment.mentions.first { $0.part == .object && $0.token > deed.token && !deed.who.contains($0.who) }?.who
    }

    /// Whom the frame is built round: the speaker, or whoever acts.
    func focus(of group: [Reading.Moment]) -> [CharacterID] {
        var focus: [CharacterID] = []
        for moment in group {
            let who = moment.isSpeech ? [moment.speaker].compactMap(\.self) : acting(in: moment)
            for id in who where !focus.contains(id) && everybody.contains(id) { focus.append(id) }
        }
        return Array(focus.prefix(3))
    }

    private func acting(in moment: Reading.Moment) -> [CharacterID] {
        moment.mentions.filter { $0.part == .subject || $0.part == .object }.map(\.who)
    }

    func cast(for group: [Reading.Moment], focus: [CharacterID], framing: String) -> [ShotDSL.Actor] {
        guard framing != "establishing" || !focus.isEmpty else { return [] }
        let shown =
            framing == "close_up"
            ? Array(focus.prefix(1)) : Array(everybody.filter { focus.contains($0) || isPartner($0) }.prefix(5))
        return shown.map { actor($0, among: shown, group) }
    }

    private func isPartner(_ who: CharacterID) -> Bool { everybody.prefix(3).contains(who) }

    private func actor(_ who: CharacterID, among shown: [CharacterID], _ group: [Reading.Moment]) -> ShotDSL.Actor {
        let seat = everybody.firstIndex(of: who) ?? 0
        let isLeft = seat % 2 == 0
        let spoken = group.last { $0.speaker == who && $0.isSpeech }
        let partner =
            group.compactMap(\.addressee).first { $0 != who && shown.contains($0) } ?? shown.first { $0 != who }
        let expression = spoken.flatMap(FeelingWords.expression) ?? feeling[who] ?? "neutral"
        var pose = posture[who] ?? "stand"
        if spoken != nil, pose == "stand" || pose == "walk" { pose = "talk" }
        if pose == "stand", holding[who] != nil { pose = "hold" }
        var actor = ShotDSL.Actor(
            entityID: who, label: people.first { $0.characterID == who }?.name ?? "",
            x: x(of: seat, among: shown.count),
            depth: seat == 1 ? 0.02 : 0, facing: isLeft ? "right" : "left", pose: pose, expression: expression,
            gaze: partner?.rawValue ?? "forward", holding: holding[who] ?? "")
        if group.contains(where: { moment in
            moment.deeds.contains { $0.who.contains(who) && $0.verb.kind == .travel && $0.isShown }
        }), shown.count < 3 {
            actor.beats = [ShotDSL.Beat(atMS: 0, toX: (actor.x ?? 0.4) + (isLeft ? 0.16 : -0.16))]
        }
        return actor
    }

    /// The staging table: distance is the relation.
    private func x(of seat: Int, among count: Int) -> Double {
        switch count {
        case 0, 1: seat % 2 == 0 ? 0.40 : 0.60
        case 2: seat % 2 == 0 ? 0.41 : 0.59
        case 3: [0.34, 0.66, 0.50][min(seat, 2)]
        default: [0.30, 0.57, 0.43, 0.70, 0.50][min(seat, 4)]
        }
    }
}
