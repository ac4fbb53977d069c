// Sound · pure · sees Contracts, Policies
import Foundation

/// Two channels of one length at the film's rate; full scale is 1.
package struct Stereo: Sendable {
    package var left: [Float]
    package var right: [Float]

    package init(frames count: Int) {
        left = [Float](repeating: 0, count: max(0, count))
        right = left
    }

    package init(seconds: Double) { self.init(frames: Sound.frames(seconds)) }

    /// The channels are cut to the shorter one.
    package init(left: [Float], right: [Float]) {
        let count = min(left.count, right.count)
        self.left = left.count == count ? left : Array(left[..<count])
        self.right = right.count == count ? right : Array(right[..<count])
    }

    package var frames: Int { left.count }
    var seconds: Double { Double(frames) / Double(filmRate) }

    /// Adds a sound of one channel at a frame; pan runs from -1 (left) to 1 (right) at constant power. What lies outside
    /// is not heard.
    mutating func add(_ sound: [Float], at start: Int, gain: Float = 1, pan: Double = 0) {
        let angle = (min(1, max(-1, pan)) + 1) * .pi / 4
        left.mix(sound, at: start, gain: gain * Float(cos(angle)))
        right.mix(sound, at: start, gain: gain * Float(sin(angle)))
    }

    package mutating func add(_ sound: Stereo, at start: Int, gain: Float = 1) {
        left.mix(sound.left, at: start, gain: gain)
        right.mix(sound.right, at: start, gain: gain)
    }

    package mutating func scale(_ gain: Float) {
        left.scale(gain)
        right.scale(gain)
    }

    /// Fades both ends along a raised cosine.
    mutating func fade(in head: Double, out tail: Double) {
        left.ramp(head: head, tail: tail)
        right.ramp(head: head, tail: tail)
    }

    /// Runs over both channels.
    mutating func onEach(_ change: (inout [Float]) -> Void) {
        change(&left)
        change(&right)
    }

    var peak: Float { max(left.peak, right.peak) }

    /// Brings it to a loudness in LUFS, but no sample over `ceiling` dBFS. Silence stays as it is.
    mutating func level(to loudness: Double, ceiling: Double = -1) {
        let now = LoudnessMeter.loudness(of: self)
        guard now > -70 else { return }
        let top = Double(peak)
        scale(min(gain(loudness - now), top > 0 ? gain(ceiling) / Float(top) : 1))
    }

    /// A seamless loop: the last `overlap` seconds fade at equal power under the first, and are cut off.
    func looped(overlap: Double) -> Stereo {
        let count = min(frames / 2, Sound.frames(overlap))
        return Stereo(left: left.looped(overlap: count), right: right.looped(overlap: count))
    }

    /// A loop repeated to a length.
    package func tiled(frames count: Int) -> Stereo {
        guard frames > 0 else { return Stereo(frames: count) }
        var out = Stereo(frames: count)
        for start in stride(from: 0, to: count, by: frames) { out.add(self, at: start) }
        return out
    }
}

extension [Float] {
    mutating func mix(_ sound: [Float], at start: Int, gain: Float = 1) {
        let from = Swift.max(0, -start)
        let to = Swift.min(sound.count, count - start)
        guard from < to else { return }
        for index in from..<to { self[start + index] += sound[index] * gain }
    }

    mutating func scale(_ gain: Float) {
        for index in indices { self[index] *= gain }
    }

    /// Raised cosines at the ends. Sound that begins or stops at once clicks.
    mutating func ramp(head: Double, tail: Double) {
        let rise = Swift.min(count, Swift.max(1, frames(head)))
        let fall = Swift.min(count, Swift.max(1, frames(tail)))
        for index in 0..<rise { self[index] *= Self.raised(index, of: rise) }
        for index in 0..<fall { self[count - 1 - index] *= Self.raised(index, of: fall) }
    }

    private static func raised(_ index: Int, of count: Int) -> Float {
        0.5 - 0.5 * cosf(.pi * (Float(index) + 0.5) / Float(count))
    }

    var peak: Float {
        var top: Float = 0
        for sample in self { top = Swift.max(top, abs(sample)) }
        return top
    }

    /// Removes what is below hearing, and any offset: first order at about 20 Hz.
    mutating func unbias() {
        var last: Float = 0
        var level: Float = 0
        for index in indices {
            level = self[index] - last + 0.9974 * level
            last = self[index]
            self[index] = level
        }
    }

    fileprivate func looped(overlap: Int) -> [Float] {
        let length = count - overlap
        var out = Array(self[..<length])
        for index in 0..<overlap {
            let angle = (Double(index) + 0.5) / Double(overlap) * .pi / 2
            out[index] = self[index] * Float(sin(angle)) + self[length + index] * Float(cos(angle))
        }
        return out
    }
}
