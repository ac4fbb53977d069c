// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

/// Small animals that breathe, blink and wag.
extension PropPen {
    func drawAnimal(_ kind: PropKind) {
        switch kind {
        case .dog: drawDog()
        case .cat: drawCat()
        case .horse: drawHorse()
        case .sheep: drawSheep()
        default: drawBird()
        }
    }

    private var breath: Double { sin(time * 2.2 + Double(seed % 7)) * 1.2 }
    private var isBlinking: Bool { (time + Seed.unit(seed, 3) * 3).truncatingRemainder(dividingBy: 3.1) < 0.14 }

    private func eye(_ x: Double, _ y: Double, _ size: Double) {
        if isBlinking {
            line([(x - size, y), (x + size, y)], size * 0.5, PropPen.iron)
        } else {
            painter.detail(oval(x, y, size, size * 1.15), Colour(0x2b2230))
            painter.detail(oval(x + size * 0.3, y - size * 0.4, size * 0.32, size * 0.32), Colour.white)
        }
    }

    private func drawDog() {
        let coat = colour ?? Colour(0xb07a45)
        let dark = coat.lifted(-0.12)
        let wag = sin(time * 9) * 10
        line([(-42, -52), (-58, -66), (-62 + wag, -86)], 8, dark)
        for x in [-36.0, -20, 20, 34] { block(box(x, -34, 11, 34), x == -20 || x == 20 ? dark : coat) }
        smooth([(-48, -52 + breath), (-30, -66), (20, -64), (40, -54), (38, -28), (-40, -26)], coat, .figure)
        smooth([(28, -52), (30, -82), (46, -98), (66, -94), (86, -78), (84, -68), (60, -64), (48, -44)], coat, .figure)
        smooth([(36, -92), (28, -70), (40, -66), (48, -88)], dark)
        painter.detail(oval(85, -77, 5, 4), PropPen.iron)
        eye(62, -84, 3.6)
        line([(52, -56), (34, -50)], 6, Colour(0xc9483a))
    }

    private func drawCat() {
        let coat = colour ?? Colour(0x6d6470)
        let tail = sin(time * 1.8) * 8
        line([(-24, -8), (-46, -14), (-50 + tail * 0.4, -40), (-40 + tail, -52)], 8, coat.lifted(-0.06))
        smooth([(-30, 0), (-32, -24), (-10, -46 + breath), (14, -44), (22, -22), (22, 0)], coat, .figure)
        polygon([(-4, -66), (-2, -86), (12, -74)], coat)
        polygon([(16, -74), (32, -86), (32, -64)], coat)
        painter.fill(oval(14, -58, 21, 19), coat, .figure)
        eye(8, -60, 3.4)
        eye(24, -60, 3.4)
        painter.detail(oval(17, -53, 2.4, 1.8), Colour(0xd98a8a))
        for y in [-50.0, -47] { line([(24, y), (42, y - 3)], 0.9, Colour.white.alpha(0.7)) }
        for x in [-2.0, 12] { painter.detail(oval(x, -3, 9, 4), coat.lifted(0.08)) }
    }

    private func drawSheep() {
        let wool = colour ?? Colour(0xf1ece0)
        let face = Colour(0x4a4044)
        for x in [-38.0, -18, 22, 40] { block(box(x, -36, 9, 36), face) }
        var fleece = oval(0, -66, 46, 30)
        for curl in 0..<9 {
            let angle = Double(curl) / 9 * 2 * .pi
            fleece += oval(cos(angle) * 40, -66 + sin(angle) * 22 + breath, 24, 21)
        }
        painter.detail(fleece, wool.lifted(-0.05))
        painter.detail(fleece.moved(Point(0, -5 * unit)), wool)
        smooth([(44, -96), (66, -98), (80, -76), (72, -62), (50, -66)], face, .figure)
        smooth([(48, -92), (32, -86), (36, -76), (50, -82)], face)
        painter.detail(oval(48, -100, 15, 10), wool)
        eye(66, -84, 3.2)
    }

    private func drawHorse() {
        let coat = colour ?? Colour(0x8a5a3a)
        let mane = coat.lifted(-0.22)
        let sway = sin(time * 1.6) * 6
        line([(-128, -160), (-148, -130), (-146 + sway, -70)], 16, mane)
        for (x, tone) in [(-104.0, coat.lifted(-0.06)), (58, coat.lifted(-0.06)), (-86, coat), (78, coat)] {
            polygon([(x, -110), (x + 26, -110), (x + 20, -8), (x + 4, -8)], tone)
            block(box(x + 1, -12, 22, 12), PropPen.iron)
        }
        smooth(
            [(-130, -150 + breath), (-90, -178), (40, -170), (98, -176), (112, -130), (70, -92), (-100, -92)], coat,
            .figure)
        smooth([(66, -160), (96, -226), (124, -262), (146, -256), (130, -196), (110, -130)], coat, .figure)
        smooth([(112, -262), (140, -272), (196, -222), (200, -204), (182, -200), (140, -218)], coat, .figure)
        polygon([(120, -266), (124, -288), (136, -268)], coat)
        smooth([(112, -272), (84, -230), (62, -170), (82, -168), (104, -222), (124, -262)], mane, .detail)
        eye(148, -246, 4.4)
        painter.detail(oval(191, -212, 3, 4), mane)
    }

    private func drawBird() {
        let coat = colour ?? Colour(0x6f86a8)
        let hop = max(0, sin(time * 2.4 + Double(seed % 5))) > 0.92 ? -4.0 : 0
        for x in [-4.0, 5] { line([(x, 0), (x + 1, -10 + hop)], 1.8, Colour(0xc9803a)) }
        polygon([(-34, -20 + hop), (-12, -26 + hop), (-12, -14 + hop)], coat.lifted(-0.10))
        smooth([(-18, -20 + hop), (-4, -32 + hop), (12, -30 + hop), (18, -18 + hop), (2, -8 + hop)], coat, .figure)
        painter.fill(oval(14, -34 + hop, 10, 10), coat, .figure)
        polygon([(23, -36 + hop), (33, -33 + hop), (23, -30 + hop)], Colour(0xe3a13f), .detail)
        smooth([(-10, -24 + hop), (2, -26 + hop), (6, -14 + hop), (-8, -14 + hop)], coat.lifted(-0.08), .detail)
        eye(17, -36 + hop, 2)
    }
}
