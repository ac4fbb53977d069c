// Sound · pure · sees Contracts, Policies
import Foundation

/// How loud sound is to people: ITU-R BS.1770-4, at the film's rate.
package enum LoudnessMeter {
    package struct Reading: Hashable, Sendable {
        /// LUFS; -120 for silence.
        package let integrated: Double
        /// dBTP.
        package let truePeak: Double
    }

    private static let hop = filmRate / 10

    package static func read(_ sound: Stereo) -> Reading {
        let peak = max(TruePeak.of(sound.left), TruePeak.of(sound.right))
        return Reading(integrated: loudness(of: sound), truePeak: decibels(Double(peak)))
    }

    /// LUFS; -120 for silence and for what is shorter than one block of 0.4 s.
    static func loudness(of sound: Stereo) -> Double {
        integrated(zip(hops(of: sound.left), hops(of: sound.right)).map { $0 + $1 })
    }

    /// LUFS of one channel played in the middle of two. A word may be shorter than a block: then it is read from what there
    /// is of it.
    static func loudness(ofMiddle sound: [Float]) -> Double {
        let hops = hops(of: sound)
        guard hops.count >= 4 else { return level(mean(Self.hops(of: sound, length: max(1, sound.count))) * 2) }
        return integrated(hops.map { $0 * 2 })
    }

    /// Blocks of four hops, those under -70 left out, then those 10 LU under the rest.
    private static func integrated(_ hops: [Double]) -> Double {
        guard hops.count >= 4 else { return -120 }
        let blocks: [Double] = (0...(hops.count - 4)).map { mean(hops[$0..<($0 + 4)]) }
        let heard = blocks.filter { level($0) > -70 }
        let gate = level(mean(heard)) - 10
        return level(mean(heard.filter { level($0) > gate }))
    }

    private static func mean(_ energies: some Collection<Double>) -> Double {
        energies.isEmpty ? 0 : energies.reduce(0, +) / Double(energies.count)
    }

    private static func level(_ energy: Double) -> Double { max(-120, -0.691 + 10 * log10(max(energy, 1e-12))) }

    /// The energy of every 100 ms as the ear weighs it. The coefficients are the recommendation's own for 48 kHz.
    private static func hops(of sound: [Float], length: Int = hop) -> [Double] {
        var energies: [Double] = []
        energies.reserveCapacity(sound.count / length + 1)
        var (shelf1, shelf2, pass1, pass2, sum) = (0.0, 0.0, 0.0, 0.0, 0.0)
        var count = 0
        for sample in sound {
            let a = Double(sample) + 1.69065929318241 * shelf1 - 0.73248077421585 * shelf2
            let shelf = 1.53512485958697 * a - 2.69169618940638 * shelf1 + 1.19839281085285 * shelf2
            (shelf2, shelf1) = (shelf1, a)
            let b = shelf + 1.99004745483398 * pass1 - 0.99007225036621 * pass2
            let weighed = b - 2 * pass1 + pass2
            (pass2, pass1) = (pass1, b)
            sum += weighed * weighed
            count += 1
            if count == length {
                energies.append(sum / Double(length))
                (sum, count) = (0, 0)
            }
        }
        return energies
    }
}
