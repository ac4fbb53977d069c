// Sound · pure · sees Contracts, Policies
import Foundation
import Policies

extension Ambience {
    private struct Bird {
        let hertz: Double
        let sweep: Double
        let notes: Int
        let gap: Double
        let trill: Double
        let pan: Double
        let nearness: Double

        init(_ dice: inout Dice) {
            hertz = dice.between(2_200, 5_200)
            sweep = dice.between(-0.35, 0.5)
            notes = dice.between(2, 6)
            gap = dice.between(0.07, 0.16)
            trill = dice.between(0, 45)
            pan = dice.pan(0.9)
            nearness = dice.between(0.15, 0.6)
        }

        func note(_ number: Int, seconds: Double) -> [Float] {
            let count = frames(seconds)
            var phase = 0.0
            return (0..<count).map { frame in
                let x = Double(frame) / Double(count)
                let time = Double(frame) / Double(filmRate)
                let bend = (1 + sweep * (x - 0.5) + 0.04 * sin(2 * .pi * trill * time)) * (1 + 0.02 * Double(number))
                phase += 2 * .pi * hertz * bend / Double(filmRate)
                return Float(sin(phase) * pow(sin(.pi * x), 1.3) * nearness * 0.22)
            }
        }
    }

    /// A few birds, each with its own call and place, and the wood that answers.
    static func birds(_ bed: inout Stereo, _ seed: UInt64, rate: Double) {
        var dice = Dice(seed, "birds")
        let flock = (0..<5).map { _ in Bird(&dice) }
        var calls = Stereo(frames: bed.frames)
        var time = dice.wait(rate: rate)
        while time < bed.seconds - 1.5 {
            let bird = dice.pick(flock)
            for number in 0..<bird.notes {
                let note = bird.note(number, seconds: dice.between(0.06, 0.15))
                calls.add(note, at: frames(time + Double(number) * bird.gap), pan: bird.pan)
            }
            time += dice.wait(rate: rate)
        }
        var wood = Room(seconds: 1.8, damping: 0.3, size: 1.4)
        bed.add(calls, at: 0, gain: 0.7)
        bed.add(wood.reflections(of: calls), at: 0, gain: 0.2)
    }

    static func crickets(_ bed: inout Stereo, _ seed: UInt64) {
        for number in 0..<5 {
            var dice = Dice(seed, "cricket \(number)")
            let pan = dice.pan(0.9)
            bed.add(cricket(frames: bed.frames, &dice), at: 0, pan: pan)
        }
    }

    private static func cricket(frames count: Int, _ dice: inout Dice) -> [Float] {
        let rate = Double(filmRate)
        let tone = 2 * .pi * dice.between(3_600, 5_400) / rate
        let pulse = 2 * .pi * dice.between(28, 42) / rate
        let period = Int(dice.between(0.6, 1.4) * rate)
        let song = Int(Double(period) * dice.between(0.25, 0.45))
        let late = Int(dice.next() * Double(period))
        let level = Float(dice.between(0.01, 0.035))
        var breath: Float = 0
        return (0..<count).map { frame in
            breath += (((frame + late) % period < song ? 1 : 0) - breath) * 0.0012
            guard breath > 0.001 else { return 0 }
            let stroke = max(0, Float(sin(pulse * Double(frame))))
            return Float(sin(tone * Double(frame))) * stroke * stroke * breath * level
        }
    }

    /// Talkers too far to be understood: no words in any language.
    static func crowd(_ bed: inout Stereo, _ seed: UInt64, _ force: Double) {
        var dry = Stereo(frames: bed.frames)
        for number in 0..<Int(7 + 8 * force) {
            var dice = Dice(seed, "talker \(number)")
            let pan = dice.pan(0.95)
            dry.add(talker(frames: bed.frames, &dice), at: 0, pan: pan)
        }
        var hall = Room(seconds: 1.1, damping: 0.45, size: 0.9)
        bed.add(dry, at: 0, gain: 0.5)
        bed.add(hall.reflections(of: dry), at: 0, gain: 0.5)
    }

    /// A sawtooth through two moving formants, opened and shut in syllables.
    private static func talker(frames count: Int, _ dice: inout Dice) -> [Float] {
        let pitch = dice.between(95, 235) / Double(filmRate)
        let level = Float(dice.between(0.25, 1)) * 0.3
        var melody = Drift(dice.seed(), period: 0.5)
        var throat = StateFilter(500, q: 6)
        var mouth = StateFilter(1_400, q: 8)
        var distance = StateFilter(1_700)
        var (phase, open, aim, next) = (0.0, Float(0), Float(0), 0)
        var voice = [Float](repeating: 0, count: count)
        for frame in voice.indices {
            if frame >= next {
                let isPause = dice.chance(0.18)
                aim = isPause ? 0 : Float(dice.between(0.4, 1))
                throat.tune(dice.between(280, 760), q: 6)
                mouth.tune(dice.between(850, 2_100), q: 8)
                next = frame + frames(isPause ? dice.between(0.2, 0.9) : dice.between(0.09, 0.24))
            }
            open += (aim - open) * 0.0011
            phase += pitch * (0.85 + 0.35 * Double(melody.next()))
            if phase >= 1 { phase -= 1 }
            let pulse = Float(1 - 2 * phase) * 0.4
            voice[frame] = distance.low(throat.band(pulse) + 0.6 * mouth.band(pulse)) * open * level
        }
        return voice
    }
}
