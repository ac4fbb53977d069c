// Sound · pure · sees Contracts, Policies
import Foundation

/// Holds true peaks under a ceiling without being heard: the gain is down before the peak comes, and up again slowly.
struct Limiter {
    let ceiling: Double
    private let ahead = frames(0.005)
    private let release = Float(1 - exp(-1 / (0.08 * Double(filmRate))))

    /// `ceiling` in dBTP.
    init(ceiling: Double) { self.ceiling = ceiling }

    func limit(_ sound: inout Stereo) {
        let needed = needs(of: sound)
        guard needed.contains(where: { $0 < 1 }) else { return }
        let held = released(earliest(needed))
        let gains = averaged(held)
        for frame in 0..<sound.frames {
            let gain = min(gains[frame], needed[frame])
            sound.left[frame] *= gain
            sound.right[frame] *= gain
        }
    }

    /// The gain every sample would need for itself.
    private func needs(of sound: Stereo) -> [Float] {
        var needed = [Float](repeating: 1, count: sound.frames)
        let top = gain(ceiling)
        for channel in [sound.left, sound.right] {
            for frame in channel.indices where TruePeak.between(frame, of: channel) > top * 0.5 {
                let level = TruePeak.oversampled(channel, at: frame)
                guard level > top else { continue }
                needed[frame] = min(needed[frame], top / level)
                if frame + 1 < needed.count { needed[frame + 1] = min(needed[frame + 1], top / level) }
            }
        }
        return needed
    }

    /// The lowest gain from here to two look-aheads on, by a queue of the candidates in growing order.
    private func earliest(_ needed: [Float]) -> [Float] {
        var held = needed
        var queue: [Int] = []
        var head = 0
        for frame in needed.indices.reversed() {
            while queue.count > head, needed[queue[queue.count - 1]] >= needed[frame] { queue.removeLast() }
            queue.append(frame)
            while queue[head] > frame + 2 * ahead { head += 1 }
            held[frame] = needed[queue[head]]
        }
        return held
    }

    /// Down at once, up along an exponential.
    private func released(_ held: [Float]) -> [Float] {
        var gains = held
        var now: Float = 1
        for frame in held.indices {
            now = held[frame] < now ? held[frame] : now + (held[frame] - now) * release
            gains[frame] = now
        }
        return gains
    }

    /// A mean over one look-ahead: the way down becomes a slope instead of a step.
    private func averaged(_ held: [Float]) -> [Float] {
        guard let first = held.first else { return [] }
        var gains = held
        var sum = Double(first) * Double(ahead)
        for frame in held.indices {
            sum += Double(held[frame]) - Double(frame >= ahead ? held[frame - ahead] : first)
            gains[frame] = Float(sum / Double(ahead))
        }
        return gains
    }
}
