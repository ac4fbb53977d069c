// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

/// Things that stand outside, sail or fly.
extension PropPen {
    func drawStructure(_ kind: PropKind) {
        switch kind {
        case .cart: drawCart()
        case .stone:
            painter.fill(.blob(spot(0, -26), 52 * unit, 32 * unit, seed: seed, rough: 0.18), colour ?? Colour(0x7b7f84))
        case .well: drawWell()
        case .fence:
            for post in 0..<7 { block(box(-118 + Double(post) * 37, -86, 12, 86), Colour(0xcbbfa8)) }
            for y in [-72.0, -36] { mark(box(-124, y, 248, 9), Colour(0xbcae94)) }
        case .ladder:
            for x in [-30.0, 22] { block(box(x, -330, 8, 330), PropPen.wood) }
            for rung in 0..<11 { mark(box(-28, -314 + Double(rung) * 29, 56, 6), PropPen.wood.lifted(0.04)) }
        case .statue: drawStatue()
        case .mirror:
            painter.fill(oval(0, -110, 44, 70), PropPen.gold)
            painter.detail(oval(0, -110, 37, 62), Colour(0xc9dce2))
            line([(-14, -130), (8, -152)], 4, Colour.white.alpha(0.6))
            block(box(-5, -44, 10, 44), PropPen.wood)
            block(box(-26, -6, 52, 6), PropPen.wood)
        default:
            for turn in 0..<3 {
                line(
                    [(-26, -5 - Double(turn) * 8), (0, -9 - Double(turn) * 8), (26, -5 - Double(turn) * 8)], 6,
                    Colour(0xc2a878))
            }
        }
    }

    private func drawCart() {
        let timber = colour ?? PropPen.wood
        block(box(-110, -96, 220, 44), timber)
        for board in 0..<5 { mark(box(-106 + Double(board) * 44, -94, 2, 40), timber.lifted(-0.12)) }
        line([(106, -60), (170, -44)], 8, timber.lifted(-0.06))
        for x in [-58.0, 62] {
            painter.fill(oval(x, -36, 38, 38), timber.lifted(-0.16))
            painter.detail(oval(x, -36, 29, 29), timber.lifted(0.10))
            for spoke in 0..<4 {
                let angle = Double(spoke) * .pi / 4
                line(
                    [(x - cos(angle) * 29, -36 - sin(angle) * 29), (x + cos(angle) * 29, -36 + sin(angle) * 29)], 4,
                    timber.lifted(-0.14))
            }
            painter.detail(oval(x, -36, 7, 7), PropPen.iron)
        }
    }

    private func drawWell() {
        let stone = Colour(0x9a9186)
        for x in [-58.0, 48] { block(box(x, -200, 10, 120), PropPen.wood) }
        polygon([(-84, -186), (84, -186), (0, -236)], Colour(0x8c4a3c))
        line([(0, -190), (0, -96)], 3, Colour(0xc2a878))
        block(box(-68, -86, 136, 86), stone)
        for row in 0..<3 {
            for brick in 0..<4 {
                let x = -64 + Double(brick) * 33 + (row.isMultiple(of: 2) ? 0 : 14)
                if x < 50 { mark(box(x, -76 + Double(row) * 27, 26, 18), stone.lifted(-0.05)) }
            }
        }
        mark(box(-74, -94, 148, 12), stone.lifted(0.04))
    }

    private func drawStatue() {
        let stone = colour ?? Colour(0xa9aca6)
        block(box(-52, -70, 104, 70), stone.lifted(-0.06))
        mark(box(-58, -78, 116, 12), stone)
        smooth([(-34, -76), (-30, -170), (-40, -214), (0, -232), (40, -214), (30, -170), (34, -76)], stone, .figure)
        painter.fill(oval(0, -254, 26, 30), stone, .figure)
    }

    func drawTree() {
        let site = Site(light: painter.light, weather: Weather(.clear), seed: seed)
        site.broadleaf(painter, Spot(at.x, at.y, height: 330 * unit, seed: seed), colour ?? Colour(0x5c8c4e))
    }

    // MARK: what moves

    func drawBoat() {
        var afloat = self
        let rock = sin(time * 1.1 + 0.6) * 0.035
        let middle = at + Point(0, sin(time * 1.3) * 5)
        afloat.colour = colour
        painter.canvas.through(.moved(middle.x, middle.y)) {
            painter.canvas.through(.turned(rock)) {
                PropPen(painter, at: .zero, unit: unit, time: time, seed: seed).drawHull(
                    sail: true, colour ?? Colour(0x8c4f38))
            }
        }
    }

    /// A boat whose waterline is at the pen.
    func drawHull(sail: Bool, _ hull: Colour) {
        if sail {
            let belly = 26 + 8 * sin(time * 0.9)
            polygon([(-4, -26), (4, -26), (3, -220), (-3, -220)], PropPen.wood.lifted(-0.08))
            smooth([(6, -214), (40 + belly, -160), (86 + belly, -84), (96, -52), (8, -50)], Colour(0xf2e6cf))
            smooth([(-6, -205), (-30, -140), (-66, -54), (-8, -52)], Colour(0xc9483a))
        }
        polygon(
            [(-140, -36), (-120, -8), (-88, 20), (88, 20), (122, -8), (150, -42), (100, -28), (-94, -26)], hull)
        polygon(
            [(-140, -36), (-94, -26), (100, -28), (150, -42), (148, -34), (100, -19), (-96, -17), (-136, -27)],
            Colour(0xf0e2c4), .detail)
    }

    func drawKite() {
        let cloth = colour ?? Colour(0xc9483a)
        if !isHeld { painter.line(spots([(0, 0), (-56, 70), (-96, 160), (-120, 246)]), 1.2, Colour(0xf6f1e2)) }
        let sway = sin(time * 1.7) * 6
        polygon([(sway, -46), (30 + sway, 0), (sway, 56), (-30 + sway, 0)], cloth)
        polygon([(sway, -46), (30 + sway, 0), (sway, 0)], Colour(0xf2c14e), .detail)
        polygon([(sway, 56), (-30 + sway, 0), (sway, 0)], Colour(0xf2c14e), .detail)
        let tail = (0..<9).map { step in
            let far = Double(step)
            return spot(sway + sin(time * 4 + far * 0.8) * 7 - far * 2, 56 + far * 10)
        }
        painter.line(tail, 2.6 * unit, cloth)
    }

    func drawFlag() {
        line([(0, 0), (0, -260)], 6, PropPen.wood)
        var top: [Point] = []
        var foot: [Point] = []
        for step in 0...8 {
            let far = Double(step)
            let wave = sin(time * 3 - far * 0.8) * far * 1.1
            top.append(spot(far * 14, -256 + wave))
            foot.append(spot(far * 14, -186 + wave))
        }
        painter.fill(.polygon(top + foot.reversed()), colour ?? Colour(0xb0413a))
    }

    func drawClock() {
        let timber = colour ?? PropPen.wood
        painter.fill(.rounded(box(-34, -260, 68, 260), 8 * unit), timber)
        mark(box(-22, -176, 44, 140), timber.lifted(-0.14))
        painter.detail(oval(0, -216, 26, 26), Colour(0xf3ecdc))
        let hour = spot(0, -216)
        for (turn, reach) in [(time * 0.1 - 0.8, 13.0), (time * 0.9, 20.0)] {
            painter.line([hour, hour + Point(cos(turn), sin(turn)) * (reach * unit)], 2.2 * unit, PropPen.iron)
        }
        let swing = sin(time * 3.2) * 12
        line([(0, -172), (swing, -70)], 3, PropPen.gold)
        painter.detail(oval(swing, -66, 10, 10), PropPen.gold)
    }
}
