// Sound · pure · sees Contracts, Policies

/// Which notes, when the degree is known.
enum Harmony {
    /// Semitones over the tonic of a degree that may lie octaves up or down.
    static func pitch(_ degree: Int, in scale: [Int]) -> Int {
        let octave = (degree - wrapped(degree, scale.count)) / scale.count
        return scale[wrapped(degree, scale.count)] + 12 * octave
    }

    /// Of all positions between MIDI 50 and 74 the one that moves the fingers least.
    static func voicing(_ chord: [Int], after last: [Int]) -> [Int] {
        let classes = chord.map { wrapped($0, 12) }
        var best: [Int] = []
        var least = Int.max
        for inversion in classes.indices {
            for base in 50...62 {
                let notes = stack(classes, inversion: inversion, on: base)
                guard let top = notes.last, top <= 74 else { continue }
                let movement =
                    last.count == notes.count
                    ? zip(notes, last).reduce(0) { $0 + abs($1.0 - $1.1) } : abs(notes[0] - 57)
                if movement < least { (best, least) = (notes, movement) }
            }
        }
        return best.isEmpty ? classes.map { 60 + $0 } : best
    }

    private static func stack(_ classes: [Int], inversion: Int, on base: Int) -> [Int] {
        var floor = base
        return classes.indices.map { index in
            let note = floor + wrapped(classes[(index + inversion) % classes.count] - floor, 12)
            floor = note + 2
            return note
        }
    }

    /// The nearest note of the scale.
    static func snapped(_ note: Int, to scale: [Int], on tonic: Int) -> Int {
        let step = [0, -1, 1, -2, 2].first { scale.contains(wrapped(note + $0 - tonic, 12)) } ?? 0
        return note + step
    }

    /// Hits spread over slots as evenly as whole slots allow.
    static func rhythm(_ hits: Int, of slots: Int) -> [Bool] {
        (0..<slots).map { hits > 0 && ($0 * hits) % slots < hits }
    }

    private static func wrapped(_ number: Int, _ count: Int) -> Int { ((number % count) + count) % count }
}
