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
        var reader = Reader(table: table, hertz: hertz(note), cents: Self.detune, phase: touch.phase)
        reader.play(envelope, gain: left, into: &bus.left, at: begin)
        reader = Reader(table: table, hertz: hertz(note), cents: -Self.detune, phase: touch.phase + 0.37)
        reader.play(envelope, gain: right, into: &bus.right, at: begin)
    }

    /// Goes round a table. The place is a whole number of 32 bits that wraps by itself: its upper bits are the entry, its
    /// lower bits lie between two.
    private struct Reader {
        private let table: [Float]
        private let step: UInt32
        private var place: UInt32

        init(table: [Float], hertz: Double, cents: Double, phase: Double) {
            self.table = table
            step = UInt32(hertz * pow(2, cents / 1200) / Double(filmRate) * 4_294_967_296)
            place = UInt32(phase.truncatingRemainder(dividingBy: 1) * 4_294_967_295)
        }

        mutating func play(_ envelope: [Float], gain: Float, into channel: inout [Float], at begin: Int) {
            let low = 32 - Pad.bits
            let mask: UInt32 = (1 << low) - 1
            let fraction = Float(1) / Float(1 << low)
            for frame in envelope.indices {
                let entry = Int(place >> low)
                let sample = table[entry] + (table[entry + 1] - table[entry]) * Float(place & mask) * fraction
                channel[begin + frame] += sample * envelope[frame] * gain
                place &+= step
            }
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
