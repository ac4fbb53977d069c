// Picture · pure · sees Contracts, Policies

/// Where a body's parts are, in its own lengths, so that one pose fits a child and a giant. Forward is +x.
package struct Pose: Hashable, Sendable {
    /// From where it is when standing, in leg lengths; down is positive.
    var pelvis = Point.zero
    var lean = 0.0
    /// Of the head: looking down is positive.
    var tilt = 0.0
    /// How far the body is turned from the lens, 0 … 1.
    var turn = 0.62
    /// From the shoulders, in arm lengths.
    var nearHand = Point(-0.08, 0.96)
    var farHand = Point(0.14, 0.95)
    /// From below the pelvis, in leg lengths; up is positive.
    var nearFoot = Point(-0.10, 0)
    var farFoot = Point(0.12, 0)
    /// 1 lies on the back.
    var lying = 0.0
    /// 1 stretches the forefinger.
    var finger = 0.0

    func mixed(_ other: Pose, _ share: Double) -> Pose {
        var made = Pose()
        made.pelvis = pelvis.toward(other.pelvis, share)
        made.lean = mix(lean, other.lean, share)
        made.tilt = mix(tilt, other.tilt, share)
        made.turn = mix(turn, other.turn, share)
        made.nearHand = nearHand.toward(other.nearHand, share)
        made.farHand = farHand.toward(other.farHand, share)
        made.nearFoot = nearFoot.toward(other.nearFoot, share)
        made.farFoot = farFoot.toward(other.farFoot, share)
        made.lying = mix(lying, other.lying, share)
        made.finger = mix(finger, other.finger, share)
        return made
    }
}

/// The poses the rig knows by name.
package enum PoseName: String, CaseIterable, Hashable, Sendable {
    case stand
    case walk
    case run
    case sit
    case sitGround = "sit_ground"
    case kneel
    case point
    case wave
    case reach
    case give
    case hold
    case carry
    case embrace
    case armsCrossed = "arms_crossed"
    case think
    case talk
    case cheer
    case bow
    case cower
    case weep
    case lookUp = "look_up"
    case row
    case lie

    var isTravelling: Bool { self == .walk || self == .run }
    /// Poses which need something to sit on.
    var needsSeat: Bool { self == .sit }
    /// Poses in which bodies may touch.
    var isClose: Bool { self == .embrace || self == .carry }
    var isLow: Bool { self == .sitGround || self == .lie || self == .kneel }
}
