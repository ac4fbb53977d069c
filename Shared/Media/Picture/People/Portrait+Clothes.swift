// Picture · pure · sees Contracts, Policies
import Foundation

extension Portrait {
    /// Skirts, coat tails and robes are cloth stretched over hips, knees and hem, so that they sit when people sit.
    func drawSkirt() {
        guard let hem = look.garment.hem else { return }
        let skirt = skirtDiscs(hem)
        painter.fill(.hull(skirt), look.main, .figure)
        let isUpright = acting.pose.pelvis.y < 0.3
        guard isUpright, skirt.count > 3 else { return }
        let front = skirt[skirt.count - 1].middle
        let back = skirt[skirt.count - 2].middle
        switch look.garment {
        case .dress:
            let lift = Point(0, -0.012 * size)
            painter.line([back.toward(front, 0.03) + lift, front.toward(back, 0.03) + lift], 0.016 * size, look.accent)
        case .coat, .changshan:
            let seam = [onBody(0.3, 1), onBody(0.3, 1).toward(back.toward(front, 0.64), 0.97)]
            painter.line(seam, 0.007 * size, look.main.lifted(-0.12))
        default: break
        }
    }

    private func skirtDiscs(_ hem: Double) -> [Disc] {
        let flare = look.garment.flare
        let pose = acting.pose
        let bend = clamp(pose.pelvis.y / 0.4)
        var discs = [Disc(onBody(0, 0.80), breadth * 0.80), Disc(rig.pelvis, breadth * 0.98)]
        let knee = breadth * mix(0.62 * flare, 0.46, bend)
        discs.append(Disc(rig.nearLeg.joint, knee))
        discs.append(Disc(rig.farLeg.joint, knee))
        // Low down, cloth lies on the lap and does not reach the feet.
        let reach = hem * mix(1, pose.pelvis.y > 0.6 ? 0.25 : 0.8, bend)
        let near = rig.nearLeg.joint.toward(rig.nearLeg.end, reach)
        let far = rig.farLeg.joint.toward(rig.farLeg.end, reach)
        let spread = breadth * mix(1.0 * flare, 0.42, bend)
        let wind = Point(-sway * 0.06 * size, 0)
        let back = near.x < far.x ? near : far
        let front = near.x < far.x ? far : near
        discs.append(Disc(back + Point(-spread * 0.82, 0) + wind, 0.004 * size))
        discs.append(Disc(front + Point(spread * 0.82, 0) + wind * 0.6, 0.004 * size))
        return discs
    }

    func drawTorso() {
        let waist: Double = look.isStout ? 1.04 : (look.garment == .dress ? 0.72 : 0.86)
        let near = rig.nearArm.start
        let far = rig.farArm.start
        let up = rig.spine
        let outline = [
            near + rig.across * (-breadth * 0.16) - up * 0.05, onBody(-0.42, -0.055), onBody(0.38, -0.055),
            far + rig.across * (breadth * 0.10) - up * 0.05, onBody(0.98, 0.36), onBody(waist, 0.66),
            onBody(0.95, look.garment == .shirt ? 1.14 : 1.08), onBody(-0.98, look.garment == .shirt ? 1.14 : 1.08),
            onBody(-waist, 0.66), onBody(-1.05, 0.36),
        ]
        painter.fill(.smooth(outline), look.main, .figure)
    }

    func drawGarmentDetails() {
        let middle = turn * 0.5
        // From behind there are no buttons.
        if acting.isAway, look.garment != .dress { return }
        switch look.garment {
        case .coat:
            painter.line(
                [onBody(middle, -0.02), onBody(middle, 0.66), onBody(middle, 1)], 0.008 * size, look.main.lifted(-0.12))
            drawButtons(at: middle + 0.15)
        case .shirt:
            painter.line([onBody(middle, -0.02), onBody(middle, 0.5)], 0.006 * size, look.main.lifted(-0.10))
            let hem = [onBody(-0.96, 1.10), onBody(0, 1.15), onBody(0.94, 1.10)]
            painter.line(hem, 0.014 * size, look.main.lifted(-0.09))
        case .robe:
            painter.line([onBody(-0.15, -0.04), onBody(0.45, 0.32), onBody(0.78, 0.62)], 0.018 * size, look.accent)
        case .changshan:
            painter.line(
                [onBody(0.1, -0.02), onBody(0.55, 0.16), onBody(0.80, 0.42)], 0.009 * size, look.main.lifted(-0.14))
            drawButtons(at: 0.42)
        case .dress:
            painter.line([onBody(-0.74, 0.68), onBody(0.74, 0.68)], 0.022 * size, look.accent)
        }
        if look.garment == .robe || look.has(.belt) {
            painter.line([onBody(-0.86, 0.72), onBody(0.88, 0.72)], 0.028 * size, look.accent.lifted(-0.05))
        }
        if look.has(.apron) { drawApron() }
    }

    private func drawButtons(at across: Double) {
        for button in 0..<3 {
            let at = onBody(across, 0.24 + 0.25 * Double(button))
            painter.detail(.circle(at, 0.009 * size), look.accent)
        }
    }

    private func drawApron() {
        let white = Colour(0xf3ece0)
        // In the lap of somebody who sits it is short.
        let hang = acting.pose.pelvis.y > 0.3 ? 1.02 : (look.garment.hem == nil ? 1.35 : 1.55)
        let cloth = [
            onBody(-0.30, 0.22), onBody(0.72, 0.22), onBody(0.86, 0.70), onBody(0.98, hang), onBody(-0.62, hang),
            onBody(-0.66, 0.70),
        ]
        painter.fill(.smooth(cloth), white, .figure)
        painter.line([onBody(-0.86, 0.72), onBody(0.88, 0.72)], 0.016 * size, white.lifted(-0.10))
    }

    func drawNeck() {
        painter.fill(
            .ribbon([Girth(onBody(0, 0.02), radius * 0.62), Girth(onHead(0.02, 0.66), radius * 0.56)]),
            look.skin.lifted(-0.06), .figure)
        if look.has(.scarf) {
            drawScarf()
        } else if look.garment != .dress {
            let colour = look.garment == .shirt ? look.second.lifted(0.08) : look.accent
            let collar = [onBody(-0.5, -0.06), onBody(0.1, 0.10), onBody(0.55, -0.06), onBody(0.1, -0.02)]
            painter.detail(.smooth(collar), colour)
        } else {
            let neckline = [onBody(-0.42, -0.06), onBody(0.08, 0.12), onBody(0.46, -0.06), onBody(0.08, -0.04)]
            painter.detail(.smooth(neckline), look.skin.lifted(-0.03))
        }
    }

    private func drawScarf() {
        let flow = acting.wind + Noise.value(acting.time * 1.7, seed) * 0.12
        let knot = onBody(-0.62, 0)
        let wave = Noise.value(acting.time * 3, seed) * 0.3
        let tail = [
            (0.0, 0.0), (-0.5 - flow * 0.7, 0.7 - flow * 0.3), (-0.8 - flow * 2.1, 1.5 - flow * 1.3),
            (-0.9 - flow * 3.0, 2.2 - flow * 2.0 + wave),
        ]
        let widths = [0.42, 0.46, 0.50, 0.48]
        let spine = zip(tail, widths).map { place, width in
            Girth(knot + Point(place.0 * radius, place.1 * radius), width * radius)
        }
        painter.fill(.ribbon(spine, ends: .flat), look.accent.lifted(-0.03), .figure)
        let wrap = [
            Girth(onBody(-0.70, -0.05), radius * 0.54), Girth(onBody(0.1, 0.02), radius * 0.62),
            Girth(onBody(0.72, -0.05), radius * 0.50),
        ]
        painter.fill(.ribbon(wrap), look.accent, .figure)
    }
}
