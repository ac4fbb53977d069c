// Sound · pure · sees Contracts, Policies
import Foundation

/// A soft, wide chord voice: one cycle of a rich wave, read twice a few cents apart.
struct Pad {
    /// How one note is held.
    struct Touch {
        /// Seconds.
        let start: Double
        let length: Double
        let attack: Double
        let release: Double
        let gain: Double
        /// -1…1: towards the left or the right.
        let spread: Double
        /// 0…1: where in the cycle it begins.
        let phase: Double
    }

    private static let bits: UInt32 = 11
    private static let size = 1 << Int(bits)
    private static let detune = 4.0

    private let slope: Double
    private var tables: [Int: [Float]] = [:]

    init(slope: Double) { self.slope = slope }

    mutating func play(_ note: Int, _ touch: Touch, into bus: inout Stereo) {
        let table = table(for: note)
        let begin = max(0, frames(touch.start))
        let count = min(frames(touch.length + touch.release), bus.frames - begin)
        guard count > 0 else { return }
        let envelope = Self.envelope(touch, frames: count)
        let (left, right) = (Float(touch.gain * (1 - 0.4 * touch.spread)), Float(touch.gain * (1 + 0.4 * touch.spread)))
        Self.read(table, note, cents: Self.detune, phase: touch.phase, envelope, left, into: &bus.left, at: begin)
        Self.read(
            table, note, cents: -Self.detune, phase: touch.phase + 0.37, envelope, right, into: &bus.right, at: begin)
    }

    /// Phases are whole numbers of 32 bits that wrap by themselves: the upper bits are the place in the table.
    private static func read(
        _ table: [Float], _ note: Int, cents: Double, phase: Double, _ envelope: [Float], _ gain: Float,
        into channel: inout [Float], at begin: Int
    ) {
        let hertz = hertz(note) * pow(2, cents / 1200)
        let step = UInt32(hertz / Double(filmRate) * 4_294_967_296)
        var place = UInt32(phase.truncatingRemainder(dividingBy: 1) * 4_294_967_295)
        let low: UInt32 = 32 - bits
        let fraction = Float(1) / Float(1 << low)
        for frame in envelope.indices {
            let index = Int(place >> low)
            let part = Float(place & ((1 << low) - 1)) * fraction
            let sample = table[index] + (table[index + 1] - table[index]) * part
            channel[begin + frame] += sample * envelope[frame] * gain
            place &+= step
        }
    }

    private static func envelope(_ touch: Touch, frames count: Int) -> [Float] {
        let attack = max(0.02, touch.attack) * Double(filmRate)
        let hold = touch.length * Double(filmRate)
        let release = touch.release * Double(filmRate)
        return (0..<count).map { frame in
            let x = Double(frame)
            let rise = x < attack ? 0.5 - 0.5 * cos(.pi * x / attack) : 1
            let fall = x > hold ? 0.5 + 0.5 * cos(.pi * min(1, (x - hold) / release)) : 1
            return Float(rise * fall)
        }
    }

    /// Partials up to 9 kHz; their phases are bent, so that the cycle has no sharp peak.
    private mutating func table(for note: Int) -> [Float] {
        if let table = tables[note] { return table }
        let partials = max(1, min(40, Int(9_000 / hertz(note))))
        var table = [Float](repeating: 0, count: Self.size + 1)
        for partial in 1...partials {
            let amplitude = Float(pow(Double(partial), -slope))
            let shift = Double(partial * partial) * 0.7
            let turn = 2 * .pi * Double(partial) / Double(Self.size)
            for index in table.indices { table[index] += amplitude * Float(sin(turn * Double(index) + shift)) }
        }
        tables[note] = table
        return table
    }
}
