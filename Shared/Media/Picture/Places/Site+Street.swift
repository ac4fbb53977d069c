// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

extension Site {
    /// A row of houses on a paved street; the skyline behind it, a house corner near the lens.
    func street() -> [Layer] {
        var layers = sky(cloudsAt: 130, clouds: 4)
        layers.append(skyline())
        layers.append(
            .still("houses", parallax: 0.55, depth: 0.26) { painter in
                houseRow(painter, gap: (470, 690), foot: 588)
                painter.fill(.rectangle(Site.left, 584, 2120, 40), Colour(0xa79c8f))
            })
        layers.append(
            .still("road", parallax: 0.94, depth: 0.05) { painter in
                cobbles(painter, Colour(0x857d7c))
                if has("market") { for x in [120.0, 1120.0] { marketStall(painter, x) } }
                if weather.isWet { puddles(painter) }
                for x in Site.streetLamps { lampPost(painter, x, foot: 624, height: 250) }
            })
        layers.append(.cast())
        layers.append(
            .still("corner", parallax: 1.45) { painter in
                painter.fill(.rectangle(Site.left, -240, 330, 1300), Colour(0x3a3436))
                painter.detail(.rectangle(-90, -240, 14, 1300), Colour(0x2a2628))
                lampPost(painter, 1336, foot: 900, height: 640)
            })
        return layers
    }

    /// Cottages with gardens along an unpaved way, hills behind them.
    func village() -> [Layer] {
        if fashion == .chinese { return street() }
        var layers = sky(cloudsAt: 140, clouds: 5)
        layers.append(
            .still("hills", parallax: 0.14, depth: 0.75) { painter in
                painter.fill(
                    Ridge(base: 430, height: 80, pace: 0.0018, seed: part("hills")).area(),
                    snowed(Colour(0x7ea68f), 0.7), .mass, fade: 0.3)
            })
        layers += landmarks(base: 486)
        layers.append(
            .still("cottages", parallax: 0.55, depth: 0.22) { painter in
                let lawn = Ridge(base: 560, height: 8, pace: 0.002, seed: part("lawn"))
                painter.fill(lawn.area(), snowed(Colour(0x86a957)), .mass)
                cottages(painter)
            })
        layers.append(
            .still("way", parallax: 0.94, depth: 0.05) { painter in
                ground(painter, top: 600, Colour(0xb79d74), waves: 5, name: "way")
                verge(painter)
                if weather.isWet { puddles(painter) }
                for x in Site.streetLamps { lampPost(painter, x, foot: 624, height: 230) }
            })
        layers.append(.cast())
        layers.append(grassRow("verge", y: 722, height: 44, Colour(0x55813c), gap: 30))
        return layers
    }

    private func skyline() -> Layer {
        .still("skyline", parallax: 0.16, depth: 0.78) { painter in
            var dice = Dice(seed, "skyline")
            painter.fill(.rectangle(Site.left, 512, 2120, 120), snowed(Colour(0x9a9086), 0.6))
            var x = -400.0
            while x < 1650 {
                let width = dice.between(70.0, 130.0)
                let height = dice.between(120.0, 230.0) * (has("city") ? 1.5 : 1)
                house(painter, Spot(x, 520, height: height, seed: seed &+ UInt64(x + 600)), width: width, isNear: false)
                x += width * dice.between(0.86, 1.0)
            }
            guard fashion == .european else { return }
            painter.fill(.rectangle(806, 210, 46, 300), Colour(0xb7a68e))
            painter.fill(.polygon([Point(800, 212), Point(858, 212), Point(829, 96)]), Colour(0x57606e))
            painter.detail(.circle(Point(829, 250), 13), Colour(0xf3ead2))
        }
    }

    private func houseRow(_ painter: Painter, gap: (Double, Double), foot: Double) {
        var dice = Dice(seed, "row")
        var x = -410.0
        var number = 0
        while x < 1680 {
            let width = dice.between(150.0, 230.0)
            let height = dice.between(220.0, 330.0)
            let isGap = x > gap.0 && x < gap.1
            let spot = Spot(x, foot, height: height, seed: seed &+ UInt64(number * 17 + 3))
            if !isGap { house(painter, spot, width: width, isNear: true) }
            x += width + dice.between(-2.0, 6.0)
            number += 1
        }
    }

    private func cottages(_ painter: Painter) {
        var dice = Dice(seed, "cottages")
        var x = -380.0
        var number = 0
        while x < 1650 {
            let width = dice.between(150.0, 210.0)
            let spot = Spot(x, 590, height: dice.between(112.0, 150.0), seed: seed &+ UInt64(number * 29 + 11))
            if !(x > 500 && x < 690) { house(painter, spot, width: width, isNear: true) }
            let tree = Spot(x + width + 40, 594, height: dice.between(150.0, 220.0), seed: spot.seed &+ 2)
            broadleaf(painter, tree, Colour(0x5c8c4e).lifted(dice.between(-0.03, 0.03)))
            x += width + dice.between(70.0, 130.0)
            number += 1
        }
        for post in 0..<88 {
            painter.detail(.rectangle(Site.left + Double(post) * 24, 574, 7, 30), snowed(Colour(0xd8cdb8), 0.3))
        }
        painter.detail(.rectangle(Site.left, 582, 2120, 5), snowed(Colour(0xcbbfa8), 0.3))
    }

    private func verge(_ painter: Painter) {
        var dice = Dice(seed, "verge")
        for _ in 0..<70 {
            let spot = Spot(
                dice.between(-400.0, 1680.0), dice.between(606.0, 622.0), height: dice.between(8.0, 18.0),
                seed: seed &+ UInt64(dice.between(0, 9999)))
            painter.detail(tuft(spot, blades: 5, bend: 0), snowed(Colour(0x6d9444), 0.6))
        }
    }

    func cobbles(_ painter: Painter, _ colour: Colour) {
        painter.fill(.rectangle(Site.left, 604, 2120, 380), snowed(colour, 0.86), .mass)
        var dice = Dice(seed, "cobbles")
        for row in 0..<9 {
            let y = 612 + pow(Double(row), 1.25) * 11
            let height = 5 + Double(row) * 1.5
            var x = Site.left + dice.between(0.0, 30.0)
            while x < Site.right {
                let width = (24 + Double(row) * 5) * dice.between(0.8, 1.2)
                if dice.next() < 0.62 {
                    let stone = Path.rounded(Box(x: x, y: y, width: width - 4, height: height), height * 0.4)
                    painter.detail(stone, snowed(colour.lifted(0.035), 0.8).lifted(dice.between(-0.05, 0.045)))
                }
                x += width
            }
        }
        painter.detail(.rectangle(Site.left, 600, 2120, 7), snowed(Colour(0xb9b0a4), 0.7))
    }

    /// On a wet road the lamps stand on their heads.
    func puddles(_ painter: Painter) {
        if light.wantsLamps {
            let gold = Colour(0xffd48a)
            for x in Site.streetLamps {
                let shape = Path.ellipse(Point(x, 690), 54, 84)
                painter.shining(shape, .down(610, 780, [(0, gold.alpha(0.30)), (1, gold.alpha(0))]))
            }
        }
        var dice = Dice(seed, "puddles")
        for _ in 0..<18 {
            let at = Point(dice.between(-380.0, 1660.0), dice.between(630.0, 730.0))
            let pool = Path.ellipse(at, dice.between(30.0, 90.0), dice.between(3.0, 8.0))
            painter.shining(pool, light.skyMiddle.lifted(0.08).alpha(0.35))
        }
    }

    func lampPost(_ painter: Painter, _ x: Double, foot: Double, height: Double) {
        let iron = Colour(0x2c3440)
        painter.fill(
            .ribbon([Girth(Point(x, foot), height * 0.028), Girth(Point(x, foot - height * 0.9), height * 0.018)]), iron
        )
        painter.fill(.rectangle(x - height * 0.03, foot - height * 0.05, height * 0.06, height * 0.05), iron)
        let glass = [
            Point(x - height * 0.045, foot - height), Point(x + height * 0.045, foot - height),
            Point(x + height * 0.03, foot - height * 0.88), Point(x - height * 0.03, foot - height * 0.88),
        ]
        if light.wantsLamps {
            painter.shining(.polygon(glass), Colour(0xfff0c0))
        } else {
            painter.detail(.polygon(glass), Colour(0xc9d6d8))
        }
        let roof = [
            Point(x - height * 0.06, foot - height), Point(x + height * 0.06, foot - height),
            Point(x, foot - height * 1.07),
        ]
        painter.fill(.polygon(roof), iron)
        guard light.wantsLamps else { return }
        let lamp = Point(x, foot - height * 0.94)
        painter.glow(lamp, height * 0.62, Colour(0xffce7a), 0.55)
        painter.glow(lamp, height * 0.18, Colour(0xfff2cc), 0.8)
    }

    private func marketStall(_ painter: Painter, _ x: Double) {
        let foot = 626.0
        for side in [-84.0, 80] { painter.fill(.rectangle(x + side, foot - 150, 7, 150), Colour(0x7b5237)) }
        painter.fill(.rectangle(x - 92, foot - 62, 184, 62), Colour(0x94673f))
        let goods: [UInt32] = [0xc9483a, 0xd9953a, 0x7aa04a, 0xe0c04c]
        for item in 0..<13 {
            let at = Point(x - 78 + Double(item) * 13, foot - 66 - Double(item % 3) * 4)
            painter.detail(.circle(at, 9), Colour(goods[(item / 3) % goods.count]))
        }
        for stripe in 0..<8 {
            let left = x - 104 + Double(stripe) * 26
            let cloth = Colour(stripe.isMultiple(of: 2) ? 0xc9503e : 0xf3e8d2)
            painter.fill(.rectangle(left, foot - 172, 26, 26), cloth)
            painter.fill(.circle(Point(left + 13, foot - 146), 13), cloth)
        }
    }
}
