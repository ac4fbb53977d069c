// Sound · pure · sees Contracts, Policies
import Foundation

/// Peaks between the samples, as a converter will make them: four times oversampled by a windowed sinc.
enum TruePeak {
    private static let reach = 24
    private static let phases = 4

    static func of(_ sound: [Float]) -> Float {
        var top = sound.peak
        for frame in sound.indices where between(frame, of: sound) > top * 0.5 {
            top = max(top, oversampled(sound, at: frame))
        }
        return top
    }

    /// The highest level from this sample up to the next one.
    static func oversampled(_ sound: [Float], at frame: Int) -> Float {
        var level = abs(sound[frame])
        guard frame >= reach / 2, frame < sound.count - reach / 2 else { return level }
        for phase in 1..<phases {
            var sum: Float = 0
            for tap in 0..<reach { sum += sound[frame - reach / 2 + 1 + tap] * taps[phase * reach + tap] }
            level = max(level, abs(sum))
        }
        return level
    }

    /// A bound that tells cheaply where to look: a peak between two quiet samples is no peak of the film.
    @inline(__always) static func between(_ frame: Int, of sound: [Float]) -> Float {
        max(abs(sound[frame]), frame + 1 < sound.count ? abs(sound[frame + 1]) : 0)
    }

    private static let taps: [Float] = {
        var taps = [Float](repeating: 0, count: phases * reach)
        for phase in 0..<phases {
            for tap in 0..<reach {
                let t = Double(tap - reach / 2 + 1) - Double(phase) / Double(phases)
                let sinc = t == 0 ? 1 : sin(.pi * t) / (.pi * t)
                taps[phase * reach + tap] = Float(sinc * max(0, 0.5 + 0.5 * cos(.pi * t / 12.5)))
            }
        }
        return taps
    }()
}
