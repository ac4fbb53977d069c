// Sound · pure · sees Contracts, Policies
import Policies

/// The players: each has chance of its own, so that one who plays more changes nobody else.
struct Band {
    let recipe: Recipe
    let form: Form
    /// The scale for melody, plucks and bells.
    let melodic: [Int]
    let seed: UInt64
    private(set) var dry: Stereo
    private(set) var pads: Stereo
    /// What goes into the room.
    private(set) var send: Stereo

    init(recipe: Recipe, form: Form, melodic: [Int], seed: UInt64, frames count: Int) {
        self.recipe = recipe
        self.form = form
        self.melodic = melodic
        self.seed = seed
        dry = Stereo(frames: count)
        pads = dry
        send = dry
    }

    mutating func play() {
        let chords = voicings()
        playPads(chords)
        playBass()
        playPlucks(chords)
        playBells(chords)
        playDrums()
        playMelody()
    }

    private func start(of bar: Int) -> Double { Double(bar) * form.bar }

    private func voicings() -> [[Int]] {
        var dice = Dice(seed, "chords")
        var last: [Int] = []
        return form.degrees.enumerated().map { bar, degree in
            var steps = recipe.hasSevenths && bar < form.bars ? [0, 2, 4, 6] : [0, 2, 4]
            // A second instead of the third now and then; never at the end.
            if recipe.hasSuspensions, dice.chance(0.22), bar < form.bars { steps[1] = 1 }
            let chord = steps.map { form.tonic + Harmony.pitch(degree + $0, in: recipe.scale) }
            last = Harmony.voicing(chord, after: last)
            return last
        }
    }

    private mutating func playPads(_ chords: [[Int]]) {
        guard recipe.voices.pad > 0 else { return }
        var dice = Dice(seed, "pads")
        var pad = Pad(slope: recipe.slope)
        for (bar, chord) in chords.enumerated() {
            let isLast = bar == form.bars
            for (finger, note) in chord.enumerated() {
                let touch = Pad.Touch(
                    start: start(of: bar) + 0.02 * Double(finger), length: isLast ? form.tail : form.bar,
                    attack: min(1.1, form.bar * 0.35) * dice.between(0.9, 1.1),
                    release: isLast ? form.tail * 0.9 : 1.3,
                    gain: 0.09 * recipe.voices.pad * (0.75 + 0.25 * form.arc(bar)),
                    spread: Double(finger) / 3 * 2 - 1, phase: dice.next())
                pad.play(note, touch, into: &pads)
            }
        }
    }

    private mutating func playBass() {
        guard recipe.voices.bass > 0 else { return }
        let isBusy = recipe.density > 0.6
        for (bar, degree) in form.degrees.enumerated() {
            let isLast = bar == form.bars
            guard form.arc(bar) > 0.5 || isLast else { continue }
            let root = form.tonic + Harmony.pitch(degree, in: recipe.scale)
            let low = root - 12 * ((root - 33) / 12)
            let beats = isBusy && !isLast ? [0, 1.5, Double(recipe.beats) - 1] : [0]
            for (stroke, beat) in beats.enumerated() {
                let held = (stroke == 0 ? 1.6 : 0.8) * form.beat * (isBusy ? 1 : 2.2)
                let note = Instrument.bass(
                    stroke == 1 ? low + 7 : low, seconds: isLast ? form.tail * 0.8 : min(form.bar, held))
                let level = Float(0.30 * recipe.voices.bass * (stroke == 0 ? 1 : 0.7))
                dry.add(note, at: frames(start(of: bar) + beat * form.beat), gain: level)
            }
        }
    }

    private mutating func playPlucks(_ chords: [[Int]]) {
        guard recipe.voices.pluck > 0 else { return }
        var dice = Dice(seed, "plucks")
        let slots = recipe.beats * 2
        let order = [0, 2, 1, 3, 2, 1]
        for (bar, chord) in chords.dropLast().enumerated() {
            let share = 0.2 + 0.65 * recipe.density * form.arc(bar)
            let hits = Harmony.rhythm(Int((Double(slots) * share).rounded()), of: slots)
            for (step, slot) in hits.indices.filter({ hits[$0] }).enumerated() {
                let tone = chord[order[step % order.count] % chord.count] + 12
                let note = Harmony.snapped(tone, to: melodic, on: form.tonic)
                let sound = Instrument.string(
                    note, seconds: 1.6, brightness: 0.35 + 0.4 * form.arc(bar), seed: dice.seed())
                let time = start(of: bar) + Double(slot) * form.beat / 2 + dice.between(-0.008, 0.008)
                let level = recipe.voices.pluck * (slot % 2 == 0 ? 1 : 0.7) * dice.between(0.8, 1)
                let pan = dice.pan(0.5)
                dry.add(sound, at: frames(time), gain: Float(0.24 * level), pan: pan)
                send.add(sound, at: frames(time), gain: Float(0.10 * level), pan: pan)
            }
        }
    }

    private mutating func playBells(_ chords: [[Int]]) {
        guard recipe.voices.bell > 0 else { return }
        var dice = Dice(seed, "bells")
        for (bar, chord) in chords.enumerated() {
            let isLast = bar == form.bars
            let rings = dice.chance(recipe.voices.bell * 0.6)
            guard let top = chord.last, isLast || (rings && bar > 0) else { continue }
            let note = Harmony.snapped(top + 12, to: melodic, on: form.tonic)
            let beat = isLast ? 0 : dice.between(0, recipe.beats - 1)
            let sound = Instrument.bell(note, seconds: 3.2, seed: dice.seed())
            send.add(
                sound, at: frames(start(of: bar) + Double(beat) * form.beat),
                gain: Float(0.11 * max(0.5, recipe.voices.bell)), pan: dice.pan(0.6))
        }
    }

    private mutating func playDrums() {
        guard recipe.voices.drum > 0 else { return }
        var dice = Dice(seed, "drums")
        let beats = (recipe.voices.drum > 0.5 ? [0, 1.5, 2, 3.5] : [0, 2]).filter { $0 < Double(recipe.beats) }
        for bar in 0..<form.bars where form.arc(bar) > 0.6 {
            for (stroke, beat) in beats.enumerated() {
                let sound = Instrument.drum(isDeep: stroke % 2 == 0, seed: dice.seed())
                let level = recipe.voices.drum * (stroke == 0 ? 1 : 0.55)
                let time = frames(start(of: bar) + beat * form.beat)
                dry.add(sound, at: time, gain: Float(0.30 * level))
                send.add(sound, at: time, gain: Float(0.12 * level))
            }
        }
    }

    /// A motif of five notes in two bars, two bars of rest in which somebody may speak, then the motif with its tail
    /// mirrored.
    private mutating func playMelody() {
        guard recipe.voices.lead > 0 else { return }
        var dice = Dice(seed, "melody")
        let motif = (0..<5).map { _ in (step: dice.between(-2, 2), beats: dice.pick([0.5, 1, 1, 1.5, 2])) }
        for (turn, bar) in stride(from: form.bars > 5 ? 2 : 0, through: form.bars - 2, by: 4).enumerated() {
            var time = start(of: bar)
            var degree = form.degrees[bar] + melodic.count
            for (place, note) in motif.enumerated() where time < start(of: bar + 2) - 0.2 {
                let step = turn % 2 == 1 && place >= 3 ? -note.step : note.step
                degree = max(melodic.count - 1, min(2 * melodic.count + 2, degree + step))
                let sound = Instrument.flute(
                    form.tonic + Harmony.pitch(degree, in: melodic), seconds: note.beats * form.beat * 0.95,
                    seed: dice.seed())
                dry.add(sound, at: frames(time), gain: Float(0.085 * recipe.voices.lead), pan: 0.15)
                send.add(sound, at: frames(time), gain: Float(0.10 * recipe.voices.lead), pan: 0.15)
                time += note.beats * form.beat
            }
        }
    }
}
