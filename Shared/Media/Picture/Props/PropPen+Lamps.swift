// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

extension PropPen {
    /// A lantern in a hand hangs below the grip.
    private var hang: Double { isHeld ? 46 : 0 }

    func drawLampStill(_ kind: PropKind) {
        switch kind {
        case .lantern: drawLantern()
        case .lamp: drawOilLamp()
        case .candle:
            block(box(-14, -5 + hang * 0.3, 28, 5), PropPen.gold)
            block(box(-5, -34 + hang * 0.3, 10, 30), Colour(0xf3ead6))
        default:
            for (from, to) in [(-40.0, 34.0), (-34, 40), (-20, 10)] {
                let log = [Girth(spot(from, 4), 13 * unit), Girth(spot(to, -12), 11 * unit)]
                painter.fill(.ribbon(log), Colour(0x4d3526))
            }
        }
    }

    private func drawLantern() {
        let y = hang
        if isHeld { line([(0, 0), (0, 12)], 2, PropPen.iron) }
        block(box(-12, y - 4, 24, 5), PropPen.iron)
        let glass = Path.smooth(
            spots([(-10, y - 4), (-13, y - 18), (-9, y - 32), (9, y - 32), (13, y - 18), (10, y - 4)]))
        if isLit { painter.shining(glass, Colour(0xffe6ae)) } else { painter.detail(glass, Colour(0xc3d0d2)) }
        polygon([(-11, y - 31), (11, y - 31), (6, y - 40), (-6, y - 40)], PropPen.iron)
        for x in [-11.0, 9.0] { mark(box(x, y - 32, 2, 28), PropPen.iron) }
        if !isHeld { line([(-7, y - 40), (0, y - 52), (7, y - 40)], 2, PropPen.iron) }
    }

    private func drawOilLamp() {
        let y = hang * 0.6
        let brass = colour ?? Colour(0xb08a45)
        block(box(-18, y - 6, 36, 6), brass)
        smooth([(-6, y - 6), (-16, y - 18), (0, y - 27), (16, y - 18), (6, y - 6)], brass)
        let glass = Path.smooth(
            spots([(-7, y - 26), (-15, y - 42), (-6, y - 64), (6, y - 64), (15, y - 42), (7, y - 26)]))
        if isLit {
            painter.shining(glass, Colour(0xffe9bb))
        } else {
            painter.detail(glass, Colour(0xd0dcdc).alpha(0.8))
        }
    }

    func drawLampLive(_ kind: PropKind) {
        switch kind {
        case .fire:
            painter.glow(spot(0, -30), 330 * unit * (1 + 0.04 * Noise.value(time * 6, seed)), Colour(0xff9a45), 0.40)
            painter.flame(at: spot(0, -4), 84 * unit, time, seed: seed)
            drawSparks()
        case .candle:
            guard isLit else { return }
            let flame = spot(0, -34 + hang * 0.3)
            painter.flame(at: flame, 20 * unit, time, seed: seed)
            shine(spot(0, -44), reach: 150, strength: 0.34)
        case .lantern, .lamp:
            guard isLit else { return }
            let y = kind == .lantern ? hang - 8 : hang * 0.6 - 28
            painter.flame(at: spot(0, y), 17 * unit, time, seed: seed)
            shine(spot(0, y - 8), reach: 210, strength: 0.42)
        default: break
        }
    }

    private func shine(_ middle: Point, reach: Double, strength: Double) {
        guard !isHeld else { return }
        let flicker = 1 + 0.03 * Noise.value(time * 7, seed)
        painter.glow(middle, reach * unit * flicker, Colour(0xffc065), strength)
        painter.glow(middle, reach * unit * 0.32, Colour(0xffe3a6), strength * 1.2)
    }

    private func drawSparks() {
        var sparks = Path()
        for spark in 0..<9 {
            let life = (time * 0.5 + Seed.unit(seed, spark)).truncatingRemainder(dividingBy: 1)
            let x = (Seed.unit(seed, spark, 2) - 0.5) * 60 + sin(time * 2 + Double(spark)) * 10
            sparks += .circle(spot(x, -(40 + life * 190)), 2.4 * unit * (1 - life))
        }
        painter.shining(sparks, Colour(0xffb45a))
    }

    func drawSteam() {
        guard !isHeld else { return }
        for wisp in [-3.0, 3.0] {
            let points = (0..<6).map { step in
                let rise = Double(step)
                let x = wisp + sin(time * 2 + rise * 1.1 + wisp) * 2.6
                return spot(x, -24 - rise * 5)
            }
            painter.line(points, 1.6 * unit, Colour.white.alpha(0.4))
        }
    }
}
