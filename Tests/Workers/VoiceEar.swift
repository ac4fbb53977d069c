// WorkerTests · tests · sees nothing
import Foundation

/// What can be measured about a voice without understanding it.
struct VoiceEar {
    /// Hertz of the larynx, in the middle of all frames that have one.
    let pitch: Double
    /// dB of 25 bands as the ear divides them, against the whole.
    let bands: [Double]
    let seconds: Double

    private static let rate = 22_050.0
    private static let window = 1_024

    init(_ samples: [Int16]) {
        let sound = samples.map { Double($0) / 32_768 }
        let frames = stride(from: 0, to: max(0, sound.count - Self.window), by: 4_096).map {
            Array(sound[$0..<($0 + Self.window)])
        }
        let loud = frames.filter { $0.reduce(0) { $0 + $1 * $1 } > 0.5 }
        let pitches = loud.compactMap(Self.pitch).sorted()
        pitch = pitches.isEmpty ? 0 : pitches[pitches.count / 2]
        bands = Self.bands(of: loud)
        seconds = Double(samples.count) / Self.rate
    }

    /// Semitones between two voices' larynxes.
    func semitones(to other: VoiceEar) -> Double { 12 * abs(log2(pitch / other.pitch)) }

    /// dB between two voices' spectra.
    func colour(to other: VoiceEar) -> Double {
        let sum = zip(bands, other.bands).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return (sum / Double(bands.count)).squareRoot()
    }

    /// The lag at which a frame is most like itself, when it is much like itself.
    private static func pitch(of frame: [Double]) -> Double? {
        func likeness(_ lag: Int) -> Double {
            (0..<(frame.count - lag)).reduce(0) { $0 + frame[$1] * frame[$1 + lag] }
        }
        let whole = likeness(0)
        let lags = Int(rate / 450)...Int(rate / 60)
        let scores = lags.map { ($0, likeness($0) / whole) }
        guard let best = scores.max(by: { $0.1 < $1.1 }), best.1 > 0.4 else { return nil }
        // An octave too low scores nearly as well: the first lag that is almost as good is the true one.
        let first = scores.first { $0.1 > best.1 * 0.9 } ?? best
        return rate / Double(first.0)
    }

    private static func bands(of frames: [[Double]]) -> [Double] {
        func mel(_ hertz: Double) -> Double { 2_595 * log10(1 + hertz / 700) }
        let edges = (0...26).map { mel(100) + (mel(9_000) - mel(100)) * Double($0) / 26 }
        let centres = (1...25).map { 700 * (pow(10, edges[$0] / 2_595) - 1) }
        let powers = centres.map { centre in
            frames.reduce(1e-9) { $0 + power(at: centre, of: $1) }
        }
        let whole = powers.reduce(0, +)
        return powers.map { 10 * log10($0 / whole) }
    }

    /// Goertzel's way to one line of a spectrum.
    private static func power(at hertz: Double, of frame: [Double]) -> Double {
        let turn = 2 * cos(2 * .pi * hertz / rate)
        var (last, before) = (0.0, 0.0)
        for (index, sample) in frame.enumerated() {
            let shape = 0.5 - 0.5 * cos(2 * .pi * Double(index) / Double(frame.count))
            (last, before) = (sample * shape + turn * last - before, last)
        }
        return last * last + before * before - turn * last * before
    }
}
