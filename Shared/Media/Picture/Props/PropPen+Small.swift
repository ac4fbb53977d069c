// Picture · pure · sees Contracts, Policies
import Foundation

/// Things for a hand or a table.
extension PropPen {
    func drawFood(_ kind: PropKind) {
        switch kind {
        case .cup:
            let clay = colour ?? Colour(0xf3eee2)
            line([(10, -20), (20, -17), (18, -8), (9, -6)], 3, clay.lifted(-0.06))
            smooth([(-12, -25), (12, -25), (10, -3), (0, 0), (-10, -3)], clay)
            painter.detail(oval(0, -25, 12, 3), Colour(0x6d4630))
        case .bowl:
            smooth([(-24, -20), (24, -20), (14, -2), (0, 0), (-14, -2)], colour ?? Colour(0x9fb0b8))
            painter.detail(oval(0, -20, 24, 5), Colour(0xd8b36a))
        case .bottle:
            smooth(
                [(-9, 0), (-10, -28), (-4, -38), (-4, -54), (4, -54), (4, -38), (10, -28), (9, 0)],
                colour ?? Colour(0x4f7a63))
            mark(box(-8, -24, 16, 14), Colour(0xe9dfc8))
        case .bread:
            smooth([(-26, 0), (-28, -14), (-12, -24), (12, -24), (28, -14), (26, 0)], colour ?? Colour(0xc98f4f))
            for cut in [-12.0, 0, 12] { line([(cut - 3, -20), (cut + 3, -10)], 2, Colour(0x9c6a33)) }
        case .fish:
            let scale = colour ?? Colour(0x7fa0ac)
            polygon([(20, -10), (40, -22), (38, 2)], scale.lifted(-0.06))
            smooth([(-34, -10), (-14, -22), (14, -18), (26, -10), (14, -2), (-14, 1)], scale)
            painter.detail(oval(-22, -13, 2.4, 2.4), PropPen.iron)
        default:
            line([(0, 0), (2, -24), (0, -40)], 2.6, Colour(0x4d7a3c))
            smooth([(1, -16), (14, -26), (6, -14)], Colour(0x5c8a4c), .detail)
            for petal in 0..<5 {
                let angle = Double(petal) / 5 * 2 * .pi
                let place = spot(cos(angle) * 7, -46 + sin(angle) * 7)
                painter.detail(.circle(place, 6 * unit), colour ?? Colour(0xd95d6a))
            }
            painter.detail(oval(0, -46, 5, 5), Colour(0xf2c14e))
        }
    }

    func drawTrinket(_ kind: PropKind) {
        switch kind {
        case .book: drawBook()
        case .letter, .map: drawSheet(isMap: kind == .map)
        case .key:
            let metal = colour ?? PropPen.gold
            line([(0, -6), (0, -34)], 4, metal)
            line([(0, -8), (9, -8)], 4, metal)
            line([(0, -15), (7, -15)], 4, metal)
            painter.detail(oval(0, -41, 10, 10), metal)
            painter.detail(oval(0, -41, 4.6, 4.6), metal.lifted(-0.3))
        case .coin, .ring:
            painter.fill(oval(0, -11, 11, 11), colour ?? PropPen.gold)
            painter.detail(oval(0, -11, 7.5, 7.5), (colour ?? PropPen.gold).lifted(kind == .ring ? -0.4 : 0.06))
        case .crown:
            polygon(
                [(-26, 0), (-30, -34), (-14, -18), (0, -42), (14, -18), (30, -34), (26, 0)], colour ?? PropPen.gold)
            for stone in [-14.0, 0, 14] { painter.detail(oval(stone, -8, 3.4, 3.4), Colour(0xc9483a)) }
        case .phone:
            painter.fill(.rounded(box(-11, -42, 22, 42), 4 * unit), colour ?? Colour(0x2c2e38))
            mark(box(-8, -37, 16, 29), Colour(0x9fc4d8))
        case .ball:
            painter.fill(oval(0, -20, 20, 20), colour ?? Colour(0xc9483a), .figure)
            line([(-18, -26), (0, -19), (18, -26)], 3, Colour(0xf3ecdc))
        case .drum:
            block(box(-30, -44, 60, 44), colour ?? Colour(0xb0413a))
            painter.detail(oval(0, -44, 30, 8), Colour(0xf3e8d2))
            for x in [-24.0, -8, 8, 24] { line([(x, -40), (x + 6, -4)], 1.6, PropPen.gold) }
        default:
            smooth([(-24, -52), (0, -58), (24, -52), (20, -18), (0, 0), (-20, -18)], colour ?? Colour(0xeae0cc))
            for x in [-10.0, 10] { painter.detail(oval(x, -38, 6, 3.4), PropPen.iron) }
            line([(-8, -15), (0, -12), (8, -15)], 2.6, Colour(0xb0413a))
        }
    }

    private func drawBook() {
        let cover = colour ?? Colour(0xa8483f)
        polygon([(-26, -8), (0, -2), (26, -8), (26, -34), (0, -29), (-26, -34)], cover)
        polygon([(-23, -11), (0, -5), (0, -30), (-23, -35)], Colour(0xf7f1e2), .detail)
        polygon([(23, -11), (0, -5), (0, -30), (23, -35)], Colour(0xebe2cf), .detail)
        for row in 0..<3 {
            let y = -28 + Double(row) * 6
            line([(-19, y), (-5, y + 3)], 1, Colour(0x8d8478))
            line([(19, y), (5, y + 3)], 1, Colour(0x8d8478))
        }
    }

    private func drawSheet(isMap: Bool) {
        let paper = colour ?? Colour(isMap ? 0xe0cc9a : 0xf7f1e2)
        polygon([(-22, -30), (22, -33), (23, -3), (-21, 0)], paper)
        if isMap {
            line([(-15, -8), (-4, -20), (6, -12), (16, -26)], 2, Colour(0x9c4a3a))
            painter.detail(oval(16, -26, 3, 3), Colour(0xc9483a))
            return
        }
        for row in 0..<4 {
            let y = -25 + Double(row) * 6
            line([(-15, y), (row == 3 ? 2 : 15, y - 1)], 1.2, Colour(0x6d6470))
        }
    }

    func drawHandThing(_ kind: PropKind) {
        switch kind {
        case .umbrella:
            let cloth = colour ?? Colour(0xb0413a)
            line([(0, isHeld ? 10 : 0), (0, -100)], 3, Colour(0x3a2c28))
            smooth(
                [
                    (-68, -72), (-60, -98), (-36, -118), (0, -126), (36, -118), (60, -98), (68, -72), (46, -80),
                    (23, -72), (0, -80), (-23, -72), (-46, -80),
                ], cloth, .figure)
        case .sword:
            line([(0, 12), (0, -8)], 6, Colour(0x4d3828))
            line([(-14, -8), (14, -8)], 5, PropPen.gold)
            polygon([(-4, -10), (4, -10), (3, -96), (0, -108), (-3, -96)], Colour(0xcfd6da))
        default:
            line([(0, isHeld ? 130 : 0), (0, isHeld ? -110 : -250)], 6, colour ?? PropPen.wood)
        }
    }
}
