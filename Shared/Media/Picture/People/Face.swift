// Picture · pure · sees Contracts, Policies
package import Contracts

package enum Expression: String, CaseIterable, Hashable, Sendable {
    case neutral
    case happy
    case sad
    case crying
    case angry
    case afraid
    case surprised
    case tender
    case thoughtful
    case tired
    case determined
    case asleep
}

/// A face as numbers that mix.
package struct Face: Hashable, Sendable {
    /// How high the brows stand, and how their inner ends rise.
    var brow = 0.0
    var angle = 0.0
    /// How open the eyes are.
    var open = 1.0
    /// A smile is positive.
    var curve = 0.28
    /// How far the lower lids push up.
    var lower = 0.0
    var blush = 0.0
    var tear = 0.0
    /// How far a silent mouth hangs open.
    var gape = 0.0

    func mixed(_ other: Face, _ share: Double) -> Face {
        Face(
            brow: mix(brow, other.brow, share), angle: mix(angle, other.angle, share),
            open: mix(open, other.open, share), curve: mix(curve, other.curve, share),
            lower: mix(lower, other.lower, share), blush: mix(blush, other.blush, share),
            tear: mix(tear, other.tear, share),
            gape: mix(gape, other.gape, share))
    }

    static func named(_ expression: Expression) -> Face {
        switch expression {
        case .neutral: Face()
        case .happy: Face(brow: 0.10, open: 0.86, curve: 0.75, lower: 0.45, blush: 0.5)
        case .sad: Face(brow: 0.10, angle: 0.55, open: 0.78, curve: -0.55)
        case .crying: Face(brow: 0.14, angle: 0.7, open: 0.5, curve: -0.7, tear: 1, gape: 0.10)
        case .angry: Face(brow: -0.22, angle: -0.75, open: 0.82, curve: -0.45)
        case .afraid: Face(brow: 0.34, angle: 0.5, open: 1.18, curve: -0.35, gape: 0.11)
        case .surprised: Face(brow: 0.5, open: 1.26, curve: 0.0, gape: 0.24)
        case .tender: Face(brow: 0.10, angle: 0.22, open: 0.76, curve: 0.42, lower: 0.3, blush: 0.7)
        case .thoughtful: Face(brow: 0.12, angle: 0.1, open: 0.8, curve: -0.05)
        case .tired: Face(brow: -0.04, angle: 0.25, open: 0.52, curve: -0.15)
        case .determined: Face(brow: -0.14, angle: -0.4, open: 0.9, curve: 0.05)
        case .asleep: Face(open: 0.0, curve: 0.2)
        }
    }
}

/// A mouth as numbers that mix.
package struct MouthShape: Hashable, Sendable {
    var width: Double
    var opening: Double
    var roundness: Double
    var teeth: Double
    var tongue: Double

    package static let rest = MouthShape(width: 0.32, opening: 0, roundness: 0, teeth: 0, tongue: 0)

    package static func of(_ viseme: Viseme) -> MouthShape {
        switch viseme {
        case .rest: rest
        case .mbp: MouthShape(width: 0.28, opening: 0, roundness: 0, teeth: 0, tongue: 0)
        case .fv: MouthShape(width: 0.29, opening: 0.10, roundness: 0.1, teeth: 1, tongue: 0)
        case .tongue: MouthShape(width: 0.31, opening: 0.26, roundness: 0.3, teeth: 0.5, tongue: 1)
        case .teeth: MouthShape(width: 0.28, opening: 0.12, roundness: 0.1, teeth: 1, tongue: 0)
        case .half: MouthShape(width: 0.34, opening: 0.20, roundness: 0.2, teeth: 0.6, tongue: 0.2)
        case .open: MouthShape(width: 0.33, opening: 0.42, roundness: 0.5, teeth: 0.3, tongue: 0.5)
        case .spread: MouthShape(width: 0.42, opening: 0.16, roundness: 0.1, teeth: 0.8, tongue: 0)
        case .round: MouthShape(width: 0.18, opening: 0.28, roundness: 1, teeth: 0, tongue: 0.1)
        }
    }

    func mixed(_ other: MouthShape, _ share: Double) -> MouthShape {
        MouthShape(
            width: mix(width, other.width, share), opening: mix(opening, other.opening, share),
            roundness: mix(roundness, other.roundness, share), teeth: mix(teeth, other.teeth, share),
            tongue: mix(tongue, other.tongue, share))
    }
}
