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
        let embraces = sketch.tableaux.contains { tableau in
            inFrame.contains { who in
                guard let figure = tableau.figures[who] else { return false }
                return figure.pose == "embrace" || figure.changes.contains { $0.pose == "embrace" }
            }
        }
        let staging = Staging(
            order: sketch.tableaux.last?.order ?? first.order, mood: embraces ? "embrace" : passages[sketch.model].mood)
        let spots = staging.spots(for: inFrame, lead: lead, partner: partner(of: inFrame.first))
        for (who, spot) in zip(inFrame, spots) {
            let name = people.first { $0.characterID == who }?.name ?? who.rawValue
            actors.append(actor(who, name: name, at: spot, among: inFrame, spots: spots))
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
        return model.touched.first { $0 != who } ?? model.actors.first { $0 != who }
    }

    // MARK: one actor

    private func actor(
        _ who: CharacterID, name: String, at spot: Staging.Spot, among frame: [CharacterID], spots: [Staging.Spot]
    )
        -> ShotDSL.Actor
    {
        let figures = sketch.tableaux.map { $0.figures[who] ?? Figure() }
        let first = figures[0]
        var actor = ShotDSL.Actor(
            entityID: who, label: name, x: spot.x, depth: spot.depth, facing: spot.facing, pose: first.pose,
            expression: first.expression, gaze: gaze(first.gaze, of: who, among: frame),
            holding: ShotDSL.Holding(near: figures.last?.holding ?? ""))
        var beats: [ShotDSL.Beat] = []
        for (line, figure) in figures.enumerated() {
            if line > 0 { beats += entering(figure, after: figures[line - 1], line: line, who: who, frame: frame) }
            if figure.isTravelling, sketch.setup.framing != .closeUp {
                let way = Journey(
                    figure: figure, spot: spot,
                    frame: Journey.Frame(people: frame, spots: spots, allTravel: allTravel(line)))
                beats += way.beats(of: &actor, line: line, clock: clock, goal: goal(line, who, frame))
            }
            beats += figure.changes.map { change in
                ShotDSL.Beat(
                    atMS: clock.time(change.at, of: line), pose: change.pose, expression: change.expression,
                    gaze: change.gaze.map { gaze($0, of: who, among: frame) })
            }
        }
        actor.beats = beats.enumerated().sorted { ($0.element.atMS, $0.offset) < ($1.element.atMS, $1.offset) }.map(
            \.element)
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

    private func allTravel(_ line: Int) -> Bool {
        let figures = sketch.tableaux[line].figures
        return sketch.setup.people.count > 1 && sketch.setup.people.allSatisfy { figures[$0]?.isTravelling ?? false }
    }

    /// Whom of the frame somebody walks up to.
    private func goal(_ line: Int, _ who: CharacterID, _ frame: [CharacterID]) -> CharacterID? {
        guard sketch.passages.indices.contains(line) else { return nil }
        return passages[sketch.passages[line]].objects.first { $0 != who && frame.contains($0) }
    }

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
