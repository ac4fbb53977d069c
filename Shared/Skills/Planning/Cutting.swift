// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities

/// A shot before it is written down.
struct Sketch {
    var setup: Setup
    /// The passages heard in it; none: a silent picture.
    var passages: [Int]
    /// One for each passage; for a silent picture one.
    var tableaux: [Tableau]
    /// Its light and place, as one of the passages has them.
    var model: Int
    var silentMS = 0
    var isTitle = false
    var isClosing = false
}

/// Puts the passages of one scene into shots.
struct Cutting {
    let passages: [Passage]
    private(set) var sketches: [Sketch] = []

    /// Longer than this, and a picture wears out.
    static let longest = 6500
    static let mostLines = 3

    init(passages: [Passage]) { self.passages = passages }

    mutating func add(_ index: Int, _ setup: Setup, _ tableau: Tableau) {
        if let last = sketches.last, !last.passages.isEmpty, joins(setup, index, to: last) {
            sketches[sketches.count - 1].passages.append(index)
            sketches[sketches.count - 1].tableaux.append(tableau)
            if last.setup.framing != setup.framing, last.setup.people.count == 1, setup.people.count == 1 {
                sketches[sketches.count - 1].setup.framing =
                    length(sketches[sketches.count - 1].passages) > 4800 ? .medium : .closeUp
            }
        } else {
            sketches.append(Sketch(setup: setup, passages: [index], tableaux: [tableau], model: index))
        }
    }

    mutating func addSilent(_ setup: Setup, _ tableau: Tableau, model: Int, milliseconds: Int) {
        sketches.append(Sketch(setup: setup, passages: [], tableaux: [tableau], model: model, silentMS: milliseconds))
    }

    private func joins(_ setup: Setup, _ index: Int, to last: Sketch) -> Bool {
        guard last.passages.count < Self.mostLines, let previous = last.passages.last,
            passages[previous].place == passages[index].place, passages[previous].sky.time == passages[index].sky.time
        else { return false }
        guard length(last.passages + [index]) <= Self.longest else { return false }
        if setup == last.setup { return true }
        // Question and answer in one picture of both.
        if setup.people.count == 1, last.setup.people.count == 2, last.setup.framing == .medium {
            return passages[index].isSpeech && passages[previous].isSpeech
                && last.setup.people.contains(setup.people[0])
                && passages[index].affect?.isStrong != true
        }
        // The same people, a little nearer or farther: one picture will do.
        guard setup.people == last.setup.people, setup.prop == nil, last.setup.prop == nil, !setup.people.isEmpty else {
            return false
        }
        if setup.framing == last.setup.framing { return true }
        // A gesture and the words that go with it.
        let isBeat = !passages[previous].isSpeech && passages[index].isSpeech
        return setup.people.count == 1 && isBeat && setup.framing > .wide && last.setup.framing > .wide
    }

    private func length(_ indices: [Int]) -> Int { indices.reduce(0) { $0 + passages[$1].estimate + 350 } }
}
