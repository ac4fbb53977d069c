// Picture · pure · sees Contracts, Policies
import Contracts
import Foundation
import Policies

/// One person being drawn, standing at the origin and looking right.
package struct Portrait {
    let painter: Painter
    let look: Look
    let figure: Figure
    let acting: Acting
    let rig: Rig
    let seed: UInt64
    /// How far loose things hang to the back now.
    let sway: Double

    package init(_ painter: Painter, _ look: Look, _ figure: Figure, _ acting: Acting) {
        self.painter = painter
        self.look = look
        self.figure = figure
        self.acting = acting
        seed = Seed.hash(look.id.rawValue)
        rig = Portrait.rig(look, figure, acting)
        sway = Noise.value(acting.time * 0.8, seed) * 0.08 + acting.wind * 0.5
    }

    /// The joints, breath and all; the same that will be drawn.
    package static func rig(_ look: Look, _ figure: Figure, _ acting: Acting) -> Rig {
        let seed = Seed.hash(look.id.rawValue)
        let breath = sin(acting.time * 1.9 + Seed.unit(seed, 3) * 6) * 0.004 * figure.height
        return Rig(figure, look, acting, breath: breath)
    }

    /// From the back to the front.
    package func draw() {
        drawHairBehind()
        drawArm(rig.farArm, isFar: true)
        drawLeg(rig.farLeg, isFar: true)
        drawLeg(rig.nearLeg, isFar: false)
        drawSkirt()
        drawTorso()
        drawGarmentDetails()
        drawNeck()
        painter.canvas.part(.head(look.id)) { drawHead() }
        drawArm(rig.nearArm, isFar: false)
    }

    // MARK: what the parts share

    var radius: Double { figure.headRadius }
    var breadth: Double { figure.breadth }
    var size: Double { figure.height }
    var turn: Double { acting.pose.turn }

    /// The far side of a body is a little darker.
    func sided(_ colour: Colour, _ isFar: Bool) -> Colour { isFar ? colour.lifted(-0.06) : colour }

    /// A place on the head, in head radii from its middle.
    func onHead(_ x: Double, _ y: Double) -> Point {
        rig.head + Point(x * radius, y * radius).turned(rig.headAngle)
    }

    func onHead(_ places: [(Double, Double)]) -> [Point] { places.map { onHead($0.0, $0.1) } }

    /// A place on the body: across in breadths from the middle, down the spine from 0 chest to 1 pelvis.
    func onBody(_ across: Double, _ down: Double) -> Point {
        rig.chest + rig.across * (across * breadth) + rig.spine * -down
    }

    func headOval(_ x: Double, _ y: Double, _ width: Double, _ height: Double, turned: Double = 0) -> Path {
        .ellipse(onHead(x, y), width * radius, height * radius, turned: rig.headAngle + turned)
    }
}
