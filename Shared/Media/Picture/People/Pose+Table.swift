// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

extension Pose {
    /// The pose at a moment. `seed` keeps two people out of step.
    static func named(_ name: PoseName, at time: Double, seed: UInt64) -> Pose {
        switch name {
        case .stand, .walk, .run: standing(time, seed)
        case .sit, .sitGround, .kneel, .lie, .row: low(name, time)
        case .point, .wave, .reach, .give, .hold, .carry, .think, .armsCrossed: gesture(name, time, seed)
        case .embrace, .bow, .cower, .weep, .lookUp: feeling(name)
        case .talk: talking(time, seed)
        case .cheer: cheering(time)
        }
    }

    /// Weight shifts slowly from foot to foot.
    private static func standing(_ time: Double, _ seed: UInt64) -> Pose {
        var pose = Pose()
        let sway = Noise.value(time * 0.35, seed)
        pose.pelvis.x = 0.012 * sway
        pose.lean = 0.012 * sway
        return pose
    }

    private static func low(_ name: PoseName, _ time: Double) -> Pose {
        var pose = Pose()
        switch name {
        case .sitGround:
            pose.pelvis = Point(0, 0.84)
            pose.nearFoot = Point(0.58, 0)
            pose.farFoot = Point(0.72, 0)
            pose.nearHand = Point(0.52, 0.62)
            pose.farHand = Point(0.64, 0.56)
            pose.lean = 0.06
        case .kneel:
            pose.pelvis = Point(0, 0.50)
            pose.nearFoot = Point(-0.42, 0.02)
            pose.farFoot = Point(0.42, 0)
            pose.nearHand = Point(0.3, 0.7)
            pose.farHand = Point(0.5, 0.62)
            pose.lean = 0.16
        case .lie:
            pose.lying = 1
            pose.turn = 0.3
        case .row:
            let pull = sin(time * 2.2)
            pose.pelvis = Point(0, 0.62)
            pose.nearFoot = Point(0.6, 0.05)
            pose.farFoot = Point(0.7, 0.05)
            pose.lean = 0.1 + 0.26 * pull
            pose.nearHand = Point(0.62 - 0.10 * pull, 0.42 + 0.06 * cos(time * 2.2))
            pose.farHand = Point(0.72 - 0.10 * pull, 0.42)
        default:
            pose.pelvis = Point(0, 0.46)
            pose.nearFoot = Point(0.52, 0)
            pose.farFoot = Point(0.64, 0)
            pose.nearHand = Point(0.40, 0.76)
            pose.farHand = Point(0.54, 0.70)
            pose.lean = 0.03
        }
        return pose
    }

    private static func gesture(_ name: PoseName, _ time: Double, _ seed: UInt64) -> Pose {
        var pose = Pose()
        switch name {
        case .point:
            pose.nearHand = Point(0.95, -0.12 + 0.02 * Noise.value(time * 0.7, seed))
            pose.finger = 1
            pose.lean = 0.05
            pose.farFoot = Point(0.2, 0)
        case .wave:
            // The far hand: a near one would pass before the face.
            pose.farHand = Point(0.52 + 0.20 * sin(time * 8), -0.74)
        case .reach, .give:
            pose.nearHand = Point(0.84, 0.22)
            pose.farHand = Point(0.66, 0.36)
            pose.lean = 0.10
        case .carry:
            pose.nearHand = Point(0.50, 0.34)
            pose.farHand = Point(0.58, 0.36)
            pose.lean = -0.05
        case .think:
            pose.nearHand = Point(0.36, 0.10)
            pose.farHand = Point(0.30, 0.48)
            pose.tilt = 0.06
        case .armsCrossed:
            pose.nearHand = Point(0.48, 0.40)
            pose.farHand = Point(-0.04, 0.44)
        default:
            pose.nearHand = Point(0.46, 0.46)
            pose.farHand = Point(0.44, 0.48)
        }
        return pose
    }

    private static func feeling(_ name: PoseName) -> Pose {
        var pose = Pose()
        switch name {
        case .embrace:
            pose.nearHand = Point(0.72, 0.20)
            pose.farHand = Point(0.80, 0.08)
            pose.lean = 0.10
            pose.tilt = 0.12
            pose.turn = 0.95
        case .bow:
            pose.lean = 0.85
            pose.tilt = 0.25
            pose.nearHand = Point(0.10, 0.9)
            pose.farHand = Point(0.2, 0.86)
        case .cower:
            pose.lean = 0.26
            pose.tilt = 0.18
            pose.pelvis = Point(-0.08, 0.14)
            pose.nearHand = Point(0.46, 0.22)
            pose.farHand = Point(0.56, 0.06)
        case .weep:
            pose.lean = 0.20
            pose.tilt = 0.30
            pose.nearHand = Point(0.40, -0.02)
            pose.farHand = Point(0.48, -0.10)
        default:
            pose.tilt = -0.28
            pose.lean = -0.05
        }
        return pose
    }

    private static func talking(_ time: Double, _ seed: UInt64) -> Pose {
        var pose = standing(time, seed)
        let near = Noise.value(time * 1.3, seed &+ 3)
        let far = Noise.value(time * 1.0, seed &+ 9)
        pose.nearHand = Point(0.46 + 0.16 * near, 0.44 - 0.24 * max(0, near))
        pose.farHand = Point(0.36 + 0.14 * far, 0.60 - 0.16 * max(0, far))
        pose.lean += 0.03 + 0.02 * near
        pose.tilt = 0.04 * far
        return pose
    }

    private static func cheering(_ time: Double) -> Pose {
        var pose = Pose()
        let hop = abs(sin(time * 5))
        pose.nearHand = Point(-0.30, -0.90)
        pose.farHand = Point(0.44, -0.90)
        pose.pelvis = Point(0, -0.10 * hop)
        pose.nearFoot = Point(-0.12, 0.10 * hop)
        pose.farFoot = Point(0.14, 0.10 * hop)
        pose.tilt = -0.08
        return pose
    }
}

/// How legs carry a body: the phase comes from the way travelled, so that feet stand still on the ground.
package struct Gait: Hashable, Sendable {
    /// Length of one step in leg lengths.
    var step: Double
    /// The share of a cycle for which a foot stands.
    var contact: Double
    var isRunning: Bool

    static let walking = Gait(step: 0.72, contact: 0.60, isRunning: false)
    static let running = Gait(step: 1.05, contact: 0.36, isRunning: true)

    /// The way of one cycle, two steps, in leg lengths: what the standing foot covers in its share of the cycle.
    var cycle: Double { step / contact }

    /// The pose at a point of the cycle.
    func pose(at cycles: Double) -> Pose {
        var pose = Pose()
        let near = cycles - floor(cycles)
        let far = near < 0.5 ? near + 0.5 : near - 0.5
        pose.nearFoot = foot(at: near)
        pose.farFoot = foot(at: far)
        let swing = cos(near * 2 * .pi)
        let bob = cos(near * 4 * .pi)
        pose.turn = 0.85
        if isRunning {
            pose.pelvis = Point(0, 0.05 - 0.05 * bob)
            pose.lean = 0.22
            pose.nearHand = Point(-swing * 0.58 + 0.10, 0.58)
            pose.farHand = Point(swing * 0.58 + 0.10, 0.58)
        } else {
            let reach = step / 0.72
            pose.pelvis = Point(0, 0.028 + 0.014 * bob * reach)
            pose.lean = 0.05
            pose.nearHand = Point(-swing * 0.34 * reach, 0.91)
            pose.farHand = Point(swing * 0.34 * reach, 0.91)
        }
        return pose
    }

    private func foot(at phase: Double) -> Point {
        if phase < contact {
            // On the ground it goes back exactly as fast as the body goes forward.
            return Point(step * (0.5 - phase / contact), 0)
        }
        let t = (phase - contact) / (1 - contact)
        let lift = sin(t * .pi) * (isRunning ? 0.30 : 0.13)
        return Point(step * (Ease.smooth(t) - 0.5), lift)
    }
}
