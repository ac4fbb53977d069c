// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities

/// What an editor mends after the first cut: no jump cuts, a face after a long line, an end to hold.
struct Editing {
    private(set) var sketches: [Sketch]
    private let passages: [Passage]

    init(_ sketches: [Sketch], passages: [Passage]) {
        self.sketches = sketches
        self.passages = passages
    }

    // MARK: reactions

    /// After a long or a heavy speech, the face of whoever heard it; at most every fourth shot.
    mutating func addReactions() {
        var edited: [Sketch] = []
        var since = 4
        for (index, sketch) in sketches.enumerated() {
            edited.append(sketch)
            since += 1
            guard since > 3,
                let face = reaction(to: sketch, before: index + 1 < sketches.count ? sketches[index + 1] : nil)
            else { continue }
            edited.append(face)
            since = 0
        }
        sketches = edited
    }

    private func reaction(to sketch: Sketch, before next: Sketch?) -> Sketch? {
        guard let last = sketch.passages.last, let tableau = sketch.tableaux.last, passages[last].isSpeech,
            let listener = passages[last].addressee, tableau.order.contains(listener),
            sketch.setup.people == [passages[last].speaker]
        else { return nil }
        // Scenes of talk end on a look.
        let isHeavy = passages[last].estimate > 4200 || passages[last].affect?.isStrong ?? false || next == nil
        guard isHeavy else { return nil }
        if let next, next.setup.people.contains(listener),
            next.setup.people.count == 1 || !next.passages.isEmpty && passages[next.passages[0]].speaker == listener
        {
            return nil
        }
        return Sketch(
            setup: Setup(framing: .closeUp, people: [listener], intent: "reaction"), passages: [], tableaux: [tableau],
            model: last, silentMS: next == nil ? 2000 : 1500)
    }

    // MARK: partings

    /// A scene that ends on one person in narration leaves them small in the place.
    mutating func part() {
        guard let index = sketches.indices.last, index > 0, let only = sketches[index].passages.last,
            !passages[only].isSpeech,
            sketches[index].passages.count == 1, sketches[index].setup.framing == .medium,
            sketches[index].setup.people.count == 1,
            sketches[index - 1].setup.framing > .wide, let order = sketches[index].tableaux.last?.order
        else { return }
        sketches[index].setup.framing = .wide
        sketches[index].setup.people = Setup.few(order, keeping: sketches[index].setup.people)
    }

    // MARK: jump cuts

    /// Never the same people in the same size twice running.
    mutating func avoidJumpCuts() {
        for index in sketches.indices.dropFirst() {
            let before = sketches[index - 1].setup
            guard before.people == sketches[index].setup.people, before.framing == sketches[index].setup.framing,
                before.prop == sketches[index].setup.prop || !before.people.isEmpty
            else { continue }
            sketches[index].setup = alternative(to: sketches[index], before: before)
        }
    }

    private func alternative(to sketch: Sketch, before: Setup) -> Setup {
        var setup = sketch.setup
        let everybody = sketch.tableaux.first?.order ?? []
        switch (setup.framing, setup.people.count) {
        case (.establishing, 0):
            setup.framing = .wide
            setup.people = everybody
        case (_, 0): setup.framing = .wide
        case (.medium, 1):
            let lead = setup.people[0]
            let hears = everybody.first { $0 != lead }
            // A cut to both is calmer than a jump closer, when there are two.
            if let hears, before.framing == .medium, sketch.passages.count > 1 {
                setup.people = everybody.filter { $0 == lead || $0 == hears }
            } else {
                setup.framing = .closeUp
            }
        case (.closeUp, 1): setup.framing = .medium
        case (.medium, _):
            let speakers = sketch.passages.map { passages[$0] }.filter(\.isSpeech).map(\.speaker)
            if let only = speakers.first, speakers.allSatisfy({ $0 == only }), sketch.passages.count == speakers.count {
                setup.people = [only]
                setup.framing = .closeUp
            } else {
                setup.framing = .wide
            }
        case (.wide, 1): setup.framing = .medium
        case (.wide, _): setup.framing = setup.prop == nil ? .medium : .establishing
        default: setup.framing = .wide
        }
        if setup.framing == .medium, setup.people.count > 3 { setup.people = lead(of: sketch) }
        setup.people = Setup.few(setup.people, keeping: lead(of: sketch))
        return setup
    }

    private func lead(of sketch: Sketch) -> [CharacterID] {
        guard let first = sketch.passages.first else { return Array(sketch.setup.people.prefix(1)) }
        let passage = passages[first]
        let lead = passage.isSpeech ? [passage.speaker] : passage.actors
        let order = sketch.tableaux.first?.order ?? []
        let chosen = order.filter(lead.contains).prefix(2)
        return chosen.isEmpty ? Array(sketch.setup.people.prefix(2)) : Array(chosen)
    }

    // MARK: the ends

    /// The film opens on its place under its name.
    mutating func open(with place: Tableau) {
        guard let first = sketches.first else { return }
        if first.setup.framing == .establishing, first.setup.people.isEmpty, !first.passages.isEmpty {
            sketches[0].isTitle = true
        } else {
            var title = Sketch(
                setup: Setup(framing: .establishing, people: [], intent: "title"), passages: [], tableaux: [place],
                model: first.model, silentMS: 3000)
            title.isTitle = true
            sketches.insert(title, at: 0)
            // The place is known now: the first people may come closer.
            if sketches[1].setup.framing == .establishing, !sketches[1].setup.people.isEmpty {
                sketches[1].setup.framing = .wide
            }
        }
    }

    /// The film ends on everybody, from farther away.
    mutating func close() {
        guard let last = sketches.last, let tableau = last.tableaux.last else { return }
        if last.setup.framing <= .wide,
            last.passages.isEmpty || last.setup.people.count >= min(Setup.most, tableau.order.count)
        {
            sketches[sketches.count - 1].isClosing = true
            return
        }
        var closing = Sketch(
            setup: Setup(
                framing: tableau.order.isEmpty ? .establishing : .wide,
                people: Setup.few(tableau.order, keeping: last.setup.people), intent: "emotion"),
            passages: [],
            tableaux: [tableau], model: last.model, silentMS: 2500)
        closing.isClosing = true
        sketches.append(closing)
    }
}
