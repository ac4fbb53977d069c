// Sound · pure · sees Contracts, Policies
import Foundation
import Policies

/// Single notes, one channel each.
enum Instrument {
    /// A plucked string: noise that runs round a line as long as the wave, and loses its highs at every turn.
    static func string(_ note: Int, seconds: Double, brightness: Double, seed: UInt64) -> [Float] {
        let pitch = hertz(note)
        let period = Double(filmRate) / pitch
        let size = Int(period)
        let part = Float(period - Double(size))
        var line = plucked(size, brightness: Float(0.25 + 0.7 * brightness), seed: seed)
        let loss = Float(pow(10, -3 / (pitch * (0.6 + 260 / pitch * 0.9))))
        let (now, before) = (0.62 + 0.33 * Float(brightness), 0.38 - 0.33 * Float(brightness))
        var out = [Float](repeating: 0, count: frames(seconds))
        var (place, last) = (0, Float(0))
        for frame in out.indices {
            let next = place + 1 < size ? place + 1 : 0
            let sample = line[place] + (line[next] - line[place]) * part
            line[place] = loss * (now * sample + before * last)
            last = sample
            place = next
            out[frame] = sample
        }
        out.ramp(head: 0.001, tail: 0.15)
        return out
    }

    /// Noise as a finger leaves it a fifth of the way along the string.
    private static func plucked(_ size: Int, brightness: Float, seed: UInt64) -> [Float] {
        var hiss = Hiss(seed)
        var low: Float = 0
        let noise: [Float] = (0..<size).map { _ in
            low += (hiss.next() - low) * brightness
            return low
        }
        let finger = max(1, size / 5)
        return noise.indices.map { noise[$0] - 0.8 * noise[($0 + size - finger) % size] }
    }

    /// Partials that are no multiples, each dying at its own pace: metal.
    static func bell(
        _ note: Int, seconds: Double, seed: UInt64, ratios: [Double] = [1, 2.0, 2.76, 4.07, 5.43, 0.5]
    ) -> [Float] {
        var dice = Dice(seed)
        let pitch = hertz(note)
        let rate = Double(filmRate)
        var out = [Float](repeating: 0, count: frames(seconds))
        for (number, ratio) in ratios.enumerated() where pitch * ratio < 14_000 {
            let decay = exp(-(1.6 + 1.1 * ratio) / seconds / rate * 2.2)
            let turn = 2 * .pi * pitch * ratio * dice.between(0.9993, 1.0007) / rate
            let (cosine, sine) = (cos(turn) * decay, sin(turn) * decay)
            var (x, y) = (0.0, 0.6 / (1 + 1.2 * Double(number)))
            for frame in out.indices {
                (x, y) = (x * cosine + y * sine, y * cosine - x * sine)
                out[frame] += Float(x)
            }
        }
        out.ramp(head: 0.002, tail: seconds * 0.3)
        return out
    }

    static func bass(_ note: Int, seconds: Double) -> [Float] {
        let turn = 2 * .pi * hertz(note) / Double(filmRate)
        let fall = 0.9 / max(0.3, seconds) / Double(filmRate)
        var out: [Float] = (0..<frames(seconds + 0.12)).map { frame in
            let angle = turn * Double(frame)
            let wave = sin(angle) + 0.35 * sin(2 * angle) + 0.12 * sin(3 * angle)
            return Float(tanh(wave * 1.2) * exp(-Double(frame) * fall))
        }
        out.ramp(head: 0.012, tail: 0.12)
        return out
    }

    /// Three sines, breath, and a vibrato that comes late.
    static func flute(_ note: Int, seconds: Double, seed: UInt64) -> [Float] {
        let pitch = hertz(note)
        var hiss = Hiss(seed)
        var air = StateFilter(pitch * 2, q: 3)
        var phase = 0.0
        var out: [Float] = (0..<frames(seconds + 0.15)).map { frame in
            let time = Double(frame) / Double(filmRate)
            let vibrato = 0.0035 * min(1, time * 2) * sin(2 * .pi * 5.1 * time)
            phase += 2 * .pi * pitch * (1 + vibrato) / Double(filmRate)
            let tone = sin(phase) + 0.22 * sin(2 * phase) + 0.08 * sin(3 * phase)
            return Float(tone) + 0.10 * air.band(hiss.next())
        }
        out.ramp(head: min(0.09, seconds * 0.3), tail: min(0.22, seconds * 0.5))
        return out
    }

    /// A skin that falls in pitch, and the stick on it.
    static func drum(isDeep: Bool, seed: UInt64) -> [Float] {
        let base = isDeep ? 52.0 : 78.0
        var hiss = Hiss(seed)
        var skin = StateFilter(900)
        var phase = 0.0
        var out: [Float] = (0..<frames(0.9)).map { frame in
            let time = Double(frame) / Double(filmRate)
            phase += 2 * .pi * base * (1 + 0.9 * exp(-time * 28)) / Double(filmRate)
            return Float(sin(phase) * exp(-time * 6)) + skin.low(hiss.next()) * Float(exp(-time * 45)) * 0.5
        }
        out.ramp(head: 0.001, tail: 0.2)
        return out
    }
}
