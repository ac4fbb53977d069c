// Picture · pure · sees Contracts, Policies
import Contracts
import Foundation
import Policies

package enum Facing: Hashable, Sendable {
    case left
    case right
    case front
    case away
}

/// Where somebody looks.
enum Gaze: Hashable, Sendable {
    case person(Int)
    case spot(Point)
    case ahead
    case up
    case down
    case back
    case lens
    case closed
}

/// A change of acting, on the shot's clock in seconds.
struct Cue<Value: Hashable & Sendable>: Hashable, Sendable {
    var at: Double
    var value: Value
}

/// Somebody in the shot: looks, place, and what they do from moment to moment.
package struct Performer: Hashable, Sendable {
    package var look: Look
    package var figure: Figure
    /// Of the ground they stand on.
    package var y: Double
    package var depth: Double
    package var facing: Facing
    var travel: Travel
    var poses: [Cue<PoseName>]
    var expressions: [Cue<Expression>]
    var gazes: [Cue<Gaze>]
    var voice: Voice
    var held: PropKind?
    var isShadow = false
    var seed: UInt64

    package func x(at time: Double) -> Double { travel.x(at: time) }

    /// Mirrored people look to the left.
    package func isMirrored(at time: Double) -> Bool {
        if let heading = travel.heading(at: time) { return heading < 0 }
        if let last = travel.legs.last(where: { $0.start <= time }), facing != .front, facing != .away {
            // After a walk people keep the way they went.
            return last.to < last.from
        }
        return facing == .left
    }

    /// 1 to the right, -1 to the left.
    package func side(at time: Double) -> Double { isMirrored(at: time) ? -1 : 1 }

    package var isTravelling: Bool { !travel.legs.isEmpty }
    /// Whether the feet are stepping at a moment.
    package func isWalking(at time: Double) -> Bool { travel.share(at: time) > 0.01 }
    package func isSpeaking(at time: Double) -> Bool { voice.span(at: time * 1000) != nil }

    func gaze(at time: Double) -> Gaze { (gazes.last { $0.at <= time } ?? gazes[0]).value }
    func poseName(at time: Double) -> PoseName { (poses.last { $0.at <= time } ?? poses[0]).value }

    /// The body without its gaze, which needs to know where the others are.
    func acting(at time: Double) -> Acting {
        var acting = Acting()
        acting.time = time
        acting.pose = pose(at: time)
        acting.face = face(at: time)
        acting.blink = blink(at: time)
        acting.held = held
        acting.holdsHigh = held != nil && [.wave, .cheer].contains(poseName(at: time))
        if acting.holdsHigh { acting.pose.farHand = acting.pose.farHand.toward(Point(0.50, -0.80), 0.85) }
        acting.isAway = facing == .away
        acting.isShadow = isShadow
        if facing == .front { acting.pose.turn = 0.08 }
        if facing == .away { acting.pose.turn = 0.1 }
        return acting
    }

    private func pose(at time: Double) -> Pose {
        var pose = Pose.named(poses[0].value, at: time, seed: seed)
        for cue in poses.dropFirst() where cue.at <= time {
            let next = Pose.named(cue.value, at: time, seed: seed)
            pose = pose.mixed(next, Ease.acted((time - cue.at) / 0.5))
        }
        if let span = voice.span(at: time * 1000) { speak(&pose, span, time) }
        let share = travel.share(at: time)
        if share > 0, let stepping = travel.pose(at: time) {
            var moving = stepping
            if held != nil { moving.nearHand = Point(0.40, 0.56) }
            pose = pose.mixed(moving, share)
        } else if held != nil, poseName(at: time) == .stand {
            pose.nearHand = Point(0.44, 0.52)
        }
        return pose
    }

    /// Hands that speak along and a head that nods.
    private func speak(_ pose: inout Pose, _ span: Voice.Span, _ time: Double) {
        let start = Double(span.start) / 1000
        let end = Double(span.end) / 1000
        let share = min(Ease.smooth((time - start) / 0.4), Ease.smooth((end - time) / 0.3))
        if poseName(at: time) == .stand {
            pose = pose.mixed(Pose.named(.talk, at: time, seed: seed), 0.75 * share)
        }
        pose.tilt += 0.035 * share * Noise.value(time * 2.6, seed &+ 21)
    }

    private func face(at time: Double) -> Face {
        var face = Face.named(expressions[0].value)
        for cue in expressions.dropFirst() where cue.at <= time {
            face = face.mixed(.named(cue.value), Ease.smooth((time - cue.at) / 0.28))
        }
        if let span = voice.span(at: time * 1000), span.isQuestion {
            let middle = Double(span.start + span.end) / 2000
            face.brow += 0.18 * Ease.smooth((time - middle) / 0.4)
        }
        return face
    }

    /// Every 2.2 to 4.6 seconds, for 0.17 of one.
    private func blink(at time: Double) -> Double {
        var next = Seed.unit(seed, 40) * 2.0 + 0.5
        var count = 0
        while next < time + 0.2 {
            let since = time - next
            if since >= 0, since < 0.17 { return sin(since / 0.17 * .pi) }
            count += 1
            next += 2.2 + 2.4 * Seed.unit(seed, 41, count)
        }
        return 0
    }

    /// The mouth at a frame; people act on twos, their mouths on ones.
    package func mouth(at time: Double, frame: Double) -> MouthShape {
        let milliseconds = time * 1000
        if voice.hasMouths { return voice.mouth(at: milliseconds, frame: frame * 1000) }
        guard poseName(at: time) == .talk else { return .rest }
        if !voice.isSilent, voice.span(at: milliseconds) == nil { return .rest }
        // A talking gesture without a recording: some mouths, never two the same way.
        let shapes: [MouthShape] = [.of(.open), .of(.half), .of(.mbp), .of(.spread), .of(.round), .of(.rest)]
        let beat = Int(time * 8)
        return shapes[Int(Seed.unit(seed, beat, 7) * 5.999)]
    }
}
