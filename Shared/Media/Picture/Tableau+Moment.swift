// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

/// The tableau at a moment. Everything here depends on the time alone, never on the frame before.
extension Tableau {
    package func time(of frame: Int) -> Double { Double(frame) / Double(fps) }

    package func lens(at time: Double) -> Lens {
        var lens = camera.base(at: time)
        if !camera.follows.isEmpty {
            let middle = seconds / 2
            let ways = camera.follows.map { performers[$0].x(at: time) - performers[$0].x(at: middle) }
            lens.x += ways.reduce(0, +) / Double(ways.count) * camera.followShare
        }
        return CameraPath.kept(lens, view)
    }

    /// Where the lens is in the middle of the shot.
    package var anchor: Double { lens(at: seconds / 2).x }

    /// How far the far layers sink, in units, so that a sharp horizon does not cut through a face that fills the frame.
    package var horizonDrop: Double {
        guard size == .closeUp || size == .extremeCloseUp, place.hasWater, !performers.isEmpty else { return 0 }
        let seen = lens(at: seconds / 2).view(parallax: 0.6)
        let wanted = seen.y + view.height * 0.29 / seen.zoom
        return max(0, wanted - Site.horizon)
    }

    /// Whether the lens stands still for the whole shot.
    package var isCameraStill: Bool { camera.from == camera.to && camera.follows.isEmpty }

    /// Somebody's whole acting. `time` is the acting's, on twos; `mouthTime` the frame's own.
    package func acting(of index: Int, at time: Double, mouthTime: Double) -> Acting {
        let performer = performers[index]
        var acting = performer.acting(at: time)
        acting.mouth = performer.mouth(at: mouthTime, frame: 1 / Double(fps))
        acting.isSilent = !performer.isSpeaking(at: mouthTime)
        acting.wind = isIndoors ? 0 : Site.gust(weather, time, at: performer.x(at: time))
        look(&acting, index, time)
        return acting
    }

    /// Turns eyes and head toward what is looked at, from real places: a grown person looks down at a child.
    private func look(_ acting: inout Acting, _ index: Int, _ time: Double) {
        let performer = performers[index]
        var gaze = Point(0.40, 0.02)
        switch performer.gaze(at: time) {
        case .ahead: break
        case .up:
            gaze = Point(0.3, -0.85)
            acting.pose.tilt -= 0.10
        case .down:
            gaze = Point(0.3, 0.85)
            acting.pose.tilt += 0.08
        case .back: gaze = Point(-0.9, 0)
        case .lens: gaze = Point(-0.25, 0)
        case .closed: acting.face.open = 0
        case .person(let other): gaze = glance(&acting, index, at: headPlace(other, time), time)
        case .spot(let spot): gaze = glance(&acting, index, at: spot, time)
        }
        gaze.x += Noise.value(floor(time * 1.3), performer.seed &+ 8) * 0.10
        acting.gaze = Point(clamp(gaze.x, -1, 1), clamp(gaze.y, -1, 1))
    }

    private func glance(_ acting: inout Acting, _ index: Int, at target: Point, _ time: Double) -> Point {
        let here = headPlace(index, time)
        let side = performers[index].side(at: time)
        let forward = (target.x - here.x) * side
        let drop = target.y - here.y
        let distance = max(60, abs(forward))
        let slope = clamp(drop / distance, -1, 1)
        if forward >= 0 { acting.pose.tilt += clamp(slope * 0.22, -0.15, 0.15) }
        return Point(forward >= 0 ? 0.72 : -0.95, clamp(slope * 1.3, -0.8, 0.8))
    }

    /// Where somebody's head is in the picture, before gaze moves it.
    package func headPlace(_ index: Int, _ time: Double) -> Point {
        let performer = performers[index]
        let acting = performer.acting(at: time)
        let rig = Portrait.rig(performer.look, performer.figure, acting)
        return Point(performer.x(at: time) + rig.head.x * performer.side(at: time), performer.y + rig.head.y)
    }

    /// Draws a person at the origin of the painter's canvas.
    package func draw(_ acting: Acting, of index: Int, at time: Double, with painter: Painter) {
        let performer = performers[index]
        let side = performer.side(at: time)
        var stand = Transform.scaled(side, 1)
        if acting.pose.lying > 0.01 {
            let lying = acting.pose.lying
            let down = Transform.moved(
                -performer.figure.height * 0.45 * lying, -0.085 * performer.figure.height * lying)
            stand = stand.after(down).after(.turned(.pi / 2 * lying))
        }
        painter.isMirrored = side < 0
        painter.canvas.part(.person(performer.look.id)) {
            painter.canvas.through(stand) {
                Portrait(painter, performer.look, performer.figure, acting).draw()
            }
        }
        painter.isMirrored = false
    }
}
