// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities

/// The actors of one shot: their spots, and everything they do in it.
struct Blocking {
    private(set) var actors: [ShotDSL.Actor] = []
    private(set) var travels = false
    private(set) var looksUp = false

    private let sketch: Sketch
    private let passages: [Passage]
    private let clock: DraftClock

    init(sketch: Sketch, passages: [Passage], people: [Person], clock: DraftClock) {
        self.sketch = sketch
        self.passages = passages
        self.clock = clock
        guard let first = sketch.tableaux.first else { return }
        let inFrame = Self.frame(sketch, passages, first)
        let lead = lead()
        let staging = Staging(order: sketch.tableaux.last?.order ?? first.order, mood: passages[sketch.model].mood)
        let spots = staging.spots(for: inFrame, lead: lead, partner: partner(of: inFrame.first))
        for (who, spot) in zip(inFrame, spots) {
            let name = people.first { $0.characterID == who }?.name ?? who.rawValue
            actors.append(actor(who, name: name, at: spot, among: inFrame))
        }
        looksUp = actors.contains { $0.pose == "look_up" }
        travels = sketch.tableaux.contains { tableau in inFrame.contains { tableau.figures[$0]?.isTravelling ?? false }
        }
    }

    /// Whom the frame holds; whoever speaks is always in it.
    private static func frame(_ sketch: Sketch, _ passages: [Passage], _ first: Tableau) -> [CharacterID] {
        let order = sketch.tableaux.last?.order ?? first.order
        let speakers = sketch.passages.map { passages[$0] }.filter(\.isSpeech).map(\.speaker)
        var people = sketch.setup.people
        if people.count > 5 {
            people = Array(people.filter(speakers.contains) + people.filter { !speakers.contains($0) }).prefix(5).map {
                $0
            }
        }
        for speaker in speakers where !people.contains(speaker) { people.append(speaker) }
        return order.filter(people.contains) + people.filter { !order.contains($0) }
    }

    private func lead() -> CharacterID? {
        guard let first = sketch.passages.first else { return nil }
        return passages[first].isSpeech ? passages[first].speaker : passages[first].actors.first
    }

    private func partner(of who: CharacterID?) -> CharacterID? {
        guard let who else { return nil }
        let model = passages[sketch.model]
        if model.isSpeech { return model.speaker == who ? model.addressee : model.speaker }
        return model.objects.first { $0 != who } ?? model.actors.first { $0 != who }
    }

    // MARK: one actor

    private func actor(_ who: CharacterID, name: String, at spot: Staging.Spot, among frame: [CharacterID])
        -> ShotDSL.Actor
    {
        let figures = sketch.tableaux.map { $0.figures[who] ?? Figure() }
        let first = figures[0]
        var actor = ShotDSL.Actor(
            entityID: who, label: name, x: spot.x, depth: spot.depth, facing: spot.facing, pose: first.pose,
            expression: first.expression, gaze: gaze(first.gaze, of: who, among: frame),
            holding: figures.last?.holding ?? "")
        var beats: [ShotDSL.Beat] = []
        for (line, figure) in figures.enumerated() {
            if line > 0 { beats += entering(figure, after: figures[line - 1], line: line, who: who, frame: frame) }
            if figure.isTravelling, sketch.setup.framing != .closeUp {
                beats += journey(of: &actor, from: spot, line: line)
            }
            beats += figure.changes.map { change in
                ShotDSL.Beat(
                    atMS: clock.time(change.at, of: line), pose: change.pose, expression: change.expression,
                    gaze: change.gaze.map { gaze($0, of: who, among: frame) })
            }
        }
        actor.beats = beats.sorted { $0.atMS < $1.atMS }
        return actor
    }

    /// What is new about somebody when the next line begins.
    private func entering(
        _ figure: Figure, after before: Figure, line: Int, who: CharacterID, frame: [CharacterID]
    ) -> [ShotDSL.Beat] {
        let lastPose = before.changes.last { $0.pose != nil }?.pose ?? before.pose
        let lastFace = before.changes.last { $0.expression != nil }?.expression ?? before.expression
        let pose = figure.pose == lastPose ? nil : figure.pose
        let face = figure.expression == lastFace ? nil : figure.expression
        let look = figure.gaze == before.gaze ? nil : gaze(figure.gaze, of: who, among: frame)
        guard pose != nil || face != nil || look != nil else { return [] }
        return [ShotDSL.Beat(atMS: max(0, clock.time(0, of: line) - 150), pose: pose, expression: face, gaze: look)]
    }

    /// A walk goes the way they face, through their spot and a little on.
    private func journey(of actor: inout ShotDSL.Actor, from spot: Staging.Spot, line: Int) -> [ShotDSL.Beat] {
        let way = spot.facing == "left" ? -1.0 : 1.0
        if line == 0 { actor.x = rounded(spot.x - way * 0.16) }
        return [
            ShotDSL.Beat(
                atMS: line == 0 ? 0 : clock.time(0, of: line), toX: rounded(spot.x + way * (line == 0 ? 0.14 : 0.2)))
        ]
    }

    private func rounded(_ value: Double) -> Double { (min(0.95, max(0.05, value)) * 1000).rounded() / 1000 }

    /// A person who is not in the frame cannot be named: then they look to where that person stands.
    private func gaze(_ wish: String, of who: CharacterID, among frame: [CharacterID]) -> String {
        if wish.isEmpty || wish.hasPrefix(CharacterID.prefix) {
            if wish != who.rawValue, frame.contains(where: { $0.rawValue == wish }) { return wish }
            let partner = partner(of: who)
            if let partner, partner != who, frame.contains(partner) { return partner.rawValue }
            return "forward"
        }
        return wish
    }
}
