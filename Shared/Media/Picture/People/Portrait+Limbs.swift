// Picture · pure · sees Contracts, Policies
import Foundation

extension Portrait {
    func drawLeg(_ leg: Rig.Limb, isFar: Bool) {
        let cloth = look.garment == .dress ? look.skin : look.second
        let shape = Path.limb(
            Girth(leg.start, breadth * 0.82), Girth(leg.joint, breadth * 0.60), Girth(leg.end, breadth * 0.42))
        painter.fill(shape, sided(cloth, isFar), .figure)
        painter.canvas.part(.foot(look.id)) { drawShoe(at: leg.end, isFar) }
    }

    private func drawShoe(at ankle: Point, _ isFar: Bool) {
        let colour = look.has(.barefoot) ? look.skin : Colour(0x3a2c28)
        let unit = 0.055 * size
        let corners = [
            (-0.55, -0.55), (0.35, -0.50), (1.0, 0.02), (1.35, 0.40), (1.2, 0.63), (0.3, 0.64), (-0.6, 0.63),
        ]
        let shoe = Path.smooth(corners.map { ankle + Point($0.0 * unit, $0.1 * unit) })
        painter.fill(shoe, sided(colour, isFar), .figure)
    }

    func drawArm(_ arm: Rig.Limb, isFar: Bool) {
        let direction = (arm.end - arm.joint).direction
        drawHand(at: arm.end, direction, isFar)
        let loose = look.garment.hasWideSleeves ? 1.45 : 1.0
        let sleeve = Path.limb(
            Girth(arm.start, breadth * 0.64), Girth(arm.joint, breadth * 0.54 * loose),
            Girth(arm.end, breadth * 0.44 * loose * loose))
        painter.fill(sleeve, sided(look.main, isFar), .figure)
        if look.has(.cuffs) || look.garment.hasWideSleeves {
            let width = breadth * 0.47 * loose * loose
            let hand = 0.03 * size
            let cuff = [Girth(arm.end - direction * (hand * 0.55), width), Girth(arm.end, width)]
            painter.detail(.ribbon(cuff, ends: .flat), sided(look.accent, isFar))
        }
        guard isFar == acting.holdsHigh, let held = acting.held else { return }
        let grip = arm.end + direction * (0.03 * size)
        PropPen(painter, at: grip, unit: size * 0.0022 * held.heldSize, time: acting.time, seed: seed).drawHeld(held)
        // Fingers close over what they hold.
        painter.fill(.ellipse(grip, 0.022 * size, 0.017 * size), look.skin, .figure)
    }

    private func drawHand(at wrist: Point, _ direction: Point, _ isFar: Bool) {
        let colour = sided(look.skin, isFar)
        let unit = 0.030 * size
        if acting.pose.finger > 0.4, !isFar {
            let finger = [
                Girth(wrist + direction * unit, unit * 0.62), Girth(wrist + direction * (unit * 2.7), unit * 0.46),
            ]
            painter.fill(.ribbon(finger), colour, .figure)
        }
        let palm = Path.ellipse(
            wrist + direction * (unit * 0.75), unit * 1.20, unit * 0.92, turned: direction.angle)
        painter.fill(palm, colour, .figure)
        let side = direction.normal * -1
        let thumb = [
            Girth(wrist + direction * (unit * 0.4) + side * (unit * 0.3), unit * 0.62),
            Girth(wrist + direction * (unit * 1.15) + side * (unit * 1.05), unit * 0.46),
        ]
        painter.detail(.ribbon(thumb), colour.lifted(-0.015))
    }
}
