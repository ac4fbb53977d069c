// Picture · pure · sees Contracts, Policies
import Foundation

/// Everything about a person's body at one moment.
package struct Acting: Hashable, Sendable {
    var pose = Pose()
    var face = Face()
    package var mouth = MouthShape.rest
    /// Nobody closes a mouth for speech now.
    var isSilent = true
    /// Where the pupils are, -1 … 1 each way.
    package var gaze = Point(0.35, 0)
    /// 1 is shut.
    var blink = 0.0
    var time = 0.0
    /// How the wind pulls at hair and cloth now.
    var wind = 0.0
    /// The thing in the near hand.
    var held: PropKind?
    /// It is in the far hand, raised behind the face instead of before it.
    var holdsHigh = false
    var isAway = false
    /// Drawn as a dark shape without a face.
    var isShadow = false
}

/// Joints of a body, from the ground under it: x forward, up negative.
package struct Rig: Hashable, Sendable {
    package struct Limb: Hashable, Sendable {
        package var start: Point
        package var joint: Point
        package var end: Point
    }

    var pelvis: Point
    var chest: Point
    /// From pelvis to chest.
    var spine: Point
    /// Across the body, forward.
    var across: Point
    var nearArm: Limb
    var farArm: Limb
    package var nearLeg: Limb
    package var farLeg: Limb
    package var head: Point
    var headAngle: Double

    init(_ figure: Figure, _ look: Look, _ acting: Acting, breath: Double) {
        let pose = acting.pose
        pelvis = Point(pose.pelvis.x * figure.leg, figure.hip + pose.pelvis.y * figure.leg)
        let stoop = look.isOld ? 0.05 : 0
        spine = Point(0, figure.shoulder - figure.hip - breath).turned(pose.lean + stoop)
        chest = pelvis + spine
        across = Point(1, 0).turned(pose.lean)
        let breadth = figure.breadth
        let nearShoulder = chest + across * (-breadth * (0.95 - 0.25 * pose.turn))
        let farShoulder = chest + across * (breadth * (0.95 - 0.35 * pose.turn))
        nearArm = Rig.arm(figure, nearShoulder, pose.nearHand, pose.lean)
        farArm = Rig.arm(figure, farShoulder, pose.farHand, pose.lean)
        let ground = pelvis.x - pose.pelvis.x * figure.leg
        nearLeg = Rig.leg(figure, pelvis + Point(-0.30 * breadth, 0), pose.nearFoot, ground)
        farLeg = Rig.leg(figure, pelvis + Point(0.34 * breadth, 0), pose.farFoot, ground)
        headAngle = pose.lean * 0.35 + pose.tilt + (look.isOld ? 0.04 : 0)
        let neck = chest + Point(0, -figure.headRadius * 0.30).turned(pose.lean)
        head = neck + Point(figure.headRadius * 0.06, -figure.headRadius).turned(headAngle)
    }

    private static func arm(_ figure: Figure, _ shoulder: Point, _ hand: Point, _ lean: Double) -> Limb {
        let target = shoulder + hand.turned(lean * 0.35) * figure.arm
        // Elbows hang down, and turn over when a hand goes up.
        let bend = clamp((hand.y + 0.45) / 0.15, -1, 1)
        return solve(from: shoulder, to: target, upper: figure.arm * 0.52, lower: figure.arm * 0.50, bend: bend)
    }

    private static func leg(_ figure: Figure, _ hip: Point, _ foot: Point, _ ground: Double) -> Limb {
        let ankle = 0.035 * figure.height
        let target = Point(ground + foot.x * figure.leg, -foot.y * figure.leg - ankle)
        let bone = (figure.leg - ankle) * 0.505
        return solve(from: hip, to: target, upper: bone, lower: bone, bend: -1)
    }

    /// Two bones from a joint to a target; too far a target is reached for, not reached.
    private static func solve(from start: Point, to target: Point, upper: Double, lower: Double, bend: Double) -> Limb {
        let way = target - start
        let reach = min(max(1e-4, way.length), (upper + lower) * 0.999)
        let direction = way.direction
        let cosine = (upper * upper + reach * reach - lower * lower) / (2 * upper * reach)
        let angle = acos(clamp(cosine, -1, 1)) * bend
        return Limb(start: start, joint: start + direction.turned(angle) * upper, end: start + direction * reach)
    }
}
