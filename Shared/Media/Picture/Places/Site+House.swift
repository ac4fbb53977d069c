// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

/// A house front: where it stands, its colours and its openings.
struct HouseFront {
    enum Fashion {
        case european
        case chinese
    }

    var spot: Spot
    var width: Double
    var fashion: Fashion
    /// Near houses have shutters, flowers and brighter windows.
    var isNear: Bool

    var left: Double { spot.at.x }
    var foot: Double { spot.at.y }
    var top: Double { foot - spot.height }
    var height: Double { spot.height }
    var columns: Int { max(1, Int(width / 74)) }
    var rows: Int { max(1, Int(height / 108)) }
    var doorColumn: Int { columns / 2 }
    /// The middle of a column of openings.
    func middle(of column: Int) -> Double { left + width * (Double(column) + 0.5) / Double(columns) }
}

extension Site {
    var fashion: HouseFront.Fashion { variant == "chinese" || variant == "cn_ancient" ? .chinese : .european }

    func house(_ painter: Painter, _ spot: Spot, width: Double, isNear: Bool) {
        let front = HouseFront(spot: spot, width: width, fashion: fashion, isNear: isNear)
        var dice = Dice(spot.seed, "house")
        drawWalls(painter, front, &dice)
        drawRoof(painter, front, &dice)
        for row in 0..<front.rows {
            for column in 0..<front.columns where row < front.rows - 1 || column != front.doorColumn {
                drawHouseWindow(painter, front, row, column)
            }
        }
        drawHouseDoor(painter, front, &dice)
    }

    private func drawWalls(_ painter: Painter, _ front: HouseFront, _ dice: inout Dice) {
        let european: [UInt32] = [0xe6c9a0, 0xd99f7e, 0xa9b8a6, 0xc9b3c0, 0xe9dcc3, 0x9fb4c4]
        let chinese: [UInt32] = [0xe8e0d0, 0xd9cdb8, 0xcfc4b2]
        let wall = Colour(dice.pick(front.fashion == .chinese ? chinese : european))
        painter.fill(.rectangle(front.left, front.top, front.width, front.height), wall)
        let base = front.height * 0.09
        painter.detail(.rectangle(front.left, front.foot - base, front.width, base), wall.lifted(-0.14))
    }

    private func drawRoof(_ painter: Painter, _ front: HouseFront, _ dice: inout Dice) {
        if front.fashion == .chinese {
            drawSweptRoof(painter, front)
            return
        }
        let colours: [UInt32] = [0x8c4a3c, 0x6d4b57, 0x57606e, 0x9c5a3a]
        let colour = Colour(dice.pick(colours))
        let isSteep = dice.next() < 0.5 || front.width < front.height * 0.6
        let rise = isSteep ? front.width * 0.42 : front.height * 0.20
        let inset = isSteep ? 0.5 : 0.14
        let eaves = front.top + 2
        if dice.next() < 0.7 { drawChimney(painter, front, rise, dice.between(0.62, 0.74)) }
        let roof = [
            Point(front.left - 8, eaves), Point(front.left + front.width + 8, eaves),
            Point(front.left + front.width * (1 - inset), front.top - rise),
            Point(front.left + front.width * inset, front.top - rise),
        ]
        painter.fill(.polygon(roof), colour)
        painter.detail(.rectangle(front.left - 8, eaves - 4, front.width + 16, 5), colour.lifted(-0.10))
        if isSnowy { drawRoofSnow(painter, front, rise) }
    }

    private func drawChimney(_ painter: Painter, _ front: HouseFront, _ rise: Double, _ at: Double) {
        let x = front.left + front.width * at
        let wide = front.width * 0.1
        painter.fill(.rectangle(x, front.top - rise * 0.95, wide, rise * 0.8), Colour(0x7b5648))
        painter.detail(.rectangle(x - 2, front.top - rise * 0.98, wide + 4, 6), Colour(0x5a4038))
    }

    private func drawSweptRoof(_ painter: Painter, _ front: HouseFront) {
        let colour = Colour(0x4a525c)
        let rise = front.height * 0.24
        let places: [(Double, Double)] = [
            (-0.14, -8), (-0.02, 2), (0.5, 5), (1.02, 2), (1.14, -8), (0.9, -rise * 0.5), (0.82, -rise), (0.18, -rise),
            (0.1, -rise * 0.5),
        ]
        let outline = places.map { Point(front.left + front.width * $0.0, front.top + $0.1) }
        painter.fill(.smooth(outline), colour)
        painter.detail(
            .rectangle(front.left + front.width * 0.14, front.top - rise - 6, front.width * 0.72, 8),
            colour.lifted(-0.08))
        for rib in 0...10 {
            let t = Double(rib) / 10
            let top = Point(front.left + front.width * (0.2 + 0.6 * t), front.top - rise)
            let foot = Point(front.left + front.width * (-0.02 + 1.04 * t), front.top)
            painter.line([top, foot], 1.6, colour.lifted(-0.1))
        }
        if isSnowy { drawRoofSnow(painter, front, rise) }
    }

    private func drawRoofSnow(_ painter: Painter, _ front: HouseFront, _ rise: Double) {
        let middle = front.left + front.width / 2
        let snow = [
            Point(front.left - 10, front.top - 2), Point(front.left + front.width * 0.3, front.top - rise * 0.6 - 8),
            Point(middle, front.top - rise - 6), Point(front.left + front.width * 0.7, front.top - rise * 0.6 - 8),
            Point(front.left + front.width + 10, front.top - 2), Point(middle, front.top - rise * 0.62),
        ]
        painter.fill(.smooth(snow), Colour(0xf3f7ff))
    }

    private func drawHouseWindow(_ painter: Painter, _ front: HouseFront, _ row: Int, _ column: Int) {
        let width = min(34, front.width / Double(front.columns) * 0.46)
        let height = width * 1.42
        let x = front.middle(of: column) - width / 2
        let y = front.top + front.height * (Double(row) + 0.30) / (Double(front.rows) + 0.42)
        let seed = front.spot.seed
        let frame = Colour(front.fashion == .chinese ? 0x6b3f30 : 0xf5efe4)
        painter.detail(.rectangle(x - 3, y - 3, width + 6, height + 6), frame)
        if light.wantsLamps, Seed.unit(seed, row, column) < 0.72 {
            painter.shining(.rectangle(x, y, width, height), Colour(0xffd27a))
            let middle = Point(x + width / 2, y + height / 2)
            painter.glow(middle, width * 2.2, Colour(0xffc766), front.isNear ? 0.30 : 0.18)
        } else {
            painter.detail(.rectangle(x, y, width, height), Colour(0x5d7688))
            let shine = [Point(x, y + height * 0.55), Point(x, y), Point(x + width * 0.7, y)]
            painter.detail(.polygon(shine), Colour(0x86a0b0))
        }
        painter.detail(.rectangle(x + width / 2 - 1, y, 2, height), frame)
        painter.detail(.rectangle(x, y + height * 0.45, width, 2), frame)
        guard front.isNear, front.fashion == .european else { return }
        let opening = Box(x: x, y: y, width: width, height: height)
        drawShutters(painter, opening, seed &+ UInt64(row * 8 + column))
        if row == front.rows - 1 { drawFlowerBox(painter, opening, seed) }
    }

    private func drawShutters(_ painter: Painter, _ opening: Box, _ seed: UInt64) {
        guard Seed.unit(seed, 30) < 0.6 else { return }
        let colours: [UInt32] = [0x4f7a63, 0x7a4f4f, 0x47617c]
        let colour = Colour(colours[Int(Seed.unit(seed, 31) * 2.999)])
        let wide = opening.width * 0.38
        for x in [opening.x - wide - 4, opening.maxX + 4] {
            painter.detail(.rectangle(x, opening.y - 2, wide, opening.height + 4), colour)
        }
    }

    private func drawFlowerBox(_ painter: Painter, _ opening: Box, _ seed: UInt64) {
        painter.detail(.rectangle(opening.x - 4, opening.maxY + 4, opening.width + 8, 8), Colour(0x8a5a3c))
        for plant in 0..<5 {
            let at = Point(opening.x + opening.width * (0.1 + 0.2 * Double(plant)), opening.maxY + 1)
            let colour = Colour(plant.isMultiple(of: 2) && !isSnowy ? 0xd95d5d : 0x5c8a4c)
            painter.detail(.blob(at, 5.5, 5, seed: seed &+ UInt64(plant)), colour)
        }
    }

    private func drawHouseDoor(_ painter: Painter, _ front: HouseFront, _ dice: inout Dice) {
        let width = min(56, front.width * 0.26)
        let height = width * 1.75
        let x = front.middle(of: front.doorColumn) - width / 2
        let isChinese = front.fashion == .chinese
        let colours: [UInt32] = [0x3f5d73, 0x7a3b34, 0x3f6650, 0x5a4a3a]
        let colour = Colour(isChinese ? 0x8a2f28 : dice.pick(colours))
        painter.detail(
            .rectangle(x - 5, front.foot - height - 5, width + 10, height + 5), Colour(isChinese ? 0x8c8478 : 0xf0e6d4))
        painter.fill(.rectangle(x, front.foot - height, width, height), colour)
        painter.detail(.circle(Point(x + width * 0.82, front.foot - height * 0.46), 2.6), Colour(0xe8c46a))
        guard isChinese, front.isNear else { return }
        for side in [x - 16, x + width + 16] {
            let lantern = Point(side, front.foot - height - 2)
            painter.shining(
                .ellipse(lantern, 11, 14), painter.tone(Colour(0xd8352a)).lifted(light.wantsLamps ? 0.12 : 0))
            if light.wantsLamps { painter.glow(lantern, 56, Colour(0xff8a4a), 0.5) }
        }
    }
}
