// Sound · pure · sees Contracts, Policies
import Foundation

/// Eight delay lines fed back through a Hadamard matrix: a small, smooth room in stereo.
struct Room {
    /// All lines one after another: line `n` lies from `starts[n]` up to `starts[n + 1]`.
    private var memory: [Float]
    private var places: [Int]
    private let starts: [Int]
    private var tones = SIMD8<Float>()
    private let gains: SIMD8<Float>
    private let openness: Float

    /// `seconds` until the sound has fallen by 60 dB; `damping` 0…1 of the highs at each turn; `size` scales the walls.
    init(seconds: Double, damping: Double = 0.35, size: Double = 1) {
        let lengths = [1433, 1601, 1867, 2053, 2251, 2399, 2617, 2797].map { max(64, Int(Double($0) * size)) }
        starts = lengths.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
        memory = [Float](repeating: 0, count: lengths.reduce(0, +))
        places = Array(starts.dropLast())
        gains = SIMD8(lengths.map { Float(pow(10, -3 * Double($0) / Double(filmRate) / seconds)) })
        openness = Float(1 - damping)
    }

    /// What the walls send back, without the sound itself; `tail` seconds longer than it.
    mutating func reflections(of dry: Stereo, tail: Double = 0) -> Stereo {
        var out = Stereo(frames: dry.frames + frames(tail))
        for frame in 0..<out.frames {
            let inside = frame < dry.frames
            let (left, right) = turn(inside ? dry.left[frame] : 0, inside ? dry.right[frame] : 0)
            out.left[frame] = left
            out.right[frame] = right
        }
        return out
    }

    @inline(__always) private mutating func turn(_ left: Float, _ right: Float) -> (Float, Float) {
        var echoes = SIMD8<Float>()
        for line in 0..<8 { echoes[line] = memory[places[line]] }
        tones += (echoes * gains - tones) * openness
        let v = tones
        let out = ((v[0] + v[2] - v[4] + v[6]) * 0.35, (v[1] + v[3] - v[5] + v[7]) * 0.35)
        let spread = Self.hadamard(v) * 0.35355339
        for line in 0..<8 {
            memory[places[line]] = spread[line] + (line & 1 == 0 ? left : right)
            places[line] += 1
            if places[line] == starts[line + 1] { places[line] = starts[line] }
        }
        return out
    }

    /// Sums and differences at distances of one, two and four: every line hears every other, and no energy is made.
    @inline(__always) private static func hadamard(_ v: SIMD8<Float>) -> SIMD8<Float> {
        let a = v.evenHalf
        let b = v.oddHalf
        let (sum, difference) = (a + b, a - b)
        let (c, d) = (sum.evenHalf + sum.oddHalf, sum.evenHalf - sum.oddHalf)
        let (e, f) = (difference.evenHalf + difference.oddHalf, difference.evenHalf - difference.oddHalf)
        return SIMD8(
            c[0] + c[1], e[0] + e[1], d[0] + d[1], f[0] + f[1], c[0] - c[1], e[0] - e[1], d[0] - d[1], f[0] - f[1])
    }
}
