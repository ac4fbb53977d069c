// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

extension Site {
    private var hasLighthouse: Bool { has("lighthouse") }

    /// The open sea; `deck` puts planks under people's feet.
    func sea() -> [Layer] {
        var layers = sky(cloudsAt: 170, clouds: 5)
        layers.append(openWater())
        layers.append(headland())
        layers += waves()
        if variant == "deck" || variant == "ship" {
            layers.append(deck())
            layers.append(.cast())
        } else {
            layers.append(.cast())
            layers.append(frontSwell())
        }
        return layers
    }

    /// Land by the water: `beach`, `cliff`, `lake`; anything else is a pebble shore.
    func shore() -> [Layer] {
        var layers = sky(cloudsAt: 160, clouds: 5)
        layers.append(openWater())
        layers.append(variant == "lake" ? farBank() : headland())
        layers += waves(3, calm: variant == "lake")
        switch variant {
        case "cliff": layers.append(cliffTop())
        default: layers.append(strand())
        }
        layers.append(.cast())
        if variant == "cliff" || variant == "lake" {
            layers.append(grassRow("shore grass", y: 722, height: 46, Colour(0x5d8048), gap: 30))
        } else {
            layers.append(rocks())
        }
        return layers
    }

    /// A quay with bollards, moored boats and houses across the water.
    func harbour() -> [Layer] {
        var layers = sky(cloudsAt: 150, clouds: 5)
        layers.append(openWater())
        layers.append(headland())
        layers.append(waterfront())
        layers += waves(3, calm: true)
        layers.append(mooredBoats())
        layers.append(quay())
        layers.append(.cast())
        return layers
    }

    // MARK: far things

    private func headland() -> Layer {
        let foot = Point(214, 356)
        var layer = Layer.still(
            "headland", parallax: 0.22, depth: 0.42, box: Box(x: Site.left, y: 150, width: 2120, height: 420)
        ) { painter in
            let land = [
                Point(-440, 330), Point(-200, 318), Point(40, 340), Point(190, 352), Point(270, 376), Point(330, 404),
                Point(420, 424), Point(-440, 440),
            ]
            painter.fill(.smooth(land), snowed(Colour(0x57695a), 0.6), .mass, fade: 0.15)
            if hasLighthouse, variant != "cliff" { lighthouse(painter, foot: foot, height: 165) }
        }
        if hasLighthouse, light.wantsLamps, variant != "cliff" {
            layer.live = { painter, time in lighthouseBeam(painter, foot: foot, height: 165, time) }
        }
        return layer
    }

    private func farBank() -> Layer {
        .still("far bank", parallax: 0.2, depth: 0.5, box: Box(x: Site.left, y: 240, width: 2120, height: 220)) {
            painter in
            let ridge = Ridge(base: 402, height: 26, pace: 0.003, seed: part("bank"))
            painter.fill(
                Path.under(ridge.line(), to: 432), snowed(Colour(0x5c7f58), 0.6), .mass)
            var dice = Dice(seed, "bank")
            for tree in 0..<34 {
                let x = dice.between(-400.0, 1680.0)
                let spot = Spot(x, 426, height: dice.between(50.0, 110.0), seed: seed &+ UInt64(tree))
                if dice.next() < 0.4 {
                    pine(painter, spot, Colour(0x466f58))
                } else {
                    broadleaf(painter, spot, Colour(0x5d8c52))
                }
            }
            guard has("bridge") else { return }
            let stone = Colour(0x9a9186)
            for arch in 0..<5 {
                let x = 420 + Double(arch) * 96
                let span = [
                    Point(x, 440), Point(x, 396), Point(x + 96, 396), Point(x + 96, 440), Point(x + 84, 440),
                    Point(x + 74, 414), Point(x + 48, 404), Point(x + 22, 414), Point(x + 12, 440),
                ]
                painter.fill(.polygon(span), stone)
            }
            painter.fill(.rectangle(412, 386, 496, 13), stone.lifted(-0.05))
        }
    }

    private func waterfront() -> Layer {
        .still("waterfront", parallax: 0.34, depth: 0.34, box: Box(x: 420, y: 120, width: 1300, height: 350)) {
            painter in
            painter.fill(.rectangle(560, 424, 1200, 30), Colour(0x8d8478))
            var dice = Dice(seed, "waterfront")
            var x = 570.0
            var number = 0
            while x < 1690 {
                let width = dice.between(84.0, 130.0)
                let spot = Spot(x, 426, height: dice.between(110.0, 190.0), seed: seed &+ UInt64(number * 13 + 7))
                house(painter, spot, width: width, isNear: false)
                x += width + dice.between(-1.0, 8.0)
                number += 1
            }
        }
    }

    private func mooredBoats() -> Layer {
        .live("moored boats", parallax: 0.8, depth: 0.1, box: Box(x: Site.left, y: 250, width: 2120, height: 360)) {
            painter, time in
            for (index, x) in [130.0, 1080.0, 1370.0].enumerated() {
                let bob = sin(time * 1.1 + Double(index) * 2) * 4
                let pen = PropPen(
                    painter, at: Point(x, 578 + bob), unit: 0.9, time: time, seed: seed &+ UInt64(index))
                pen.drawHull(sail: index == 1, Colour([0x8c4f38, 0x3f5d73, 0x4f7a63][index]))
            }
        }
    }

    // MARK: what people stand on

    private func quay() -> Layer {
        .still("quay", parallax: 0.98, box: Box(x: Site.left, y: 540, width: 2120, height: 460)) { painter in
            painter.fill(.rectangle(Site.left, 596, 2120, 400), snowed(Colour(0x9a9186), 0.7), .mass)
            painter.detail(.rectangle(Site.left, 596, 2120, 9), snowed(Colour(0xb6ad9f), 0.8))
            var dice = Dice(seed, "quay")
            for row in 0..<6 {
                let y = 610 + pow(Double(row), 1.3) * 15
                painter.detail(.rectangle(Site.left, y, 2120, 2), Colour(0x7c7469, 0.6))
                var x = Site.left + dice.between(0.0, 120.0)
                while x < Site.right {
                    painter.detail(.rectangle(x, y, 2, 15 + Double(row) * 6), Colour(0x7c7469, 0.5))
                    x += dice.between(90.0, 170.0)
                }
            }
            if weather.isWet { puddles(painter) }
            for x in [70.0, 560.0, 1200.0] {
                painter.fill(.rounded(Box(x: x, y: 566, width: 26, height: 42), 8), Colour(0x3f444d))
                painter.detail(.rounded(Box(x: x - 4, y: 564, width: 34, height: 11), 5), Colour(0x555b66))
            }
            for x in Site.streetLamps { lampPost(painter, x, foot: 626, height: 250) }
        }
    }

    private func strand() -> Layer {
        let isLake = variant == "lake"
        let sand = Colour(isLake ? 0x7f9a5c : 0xdcc39a)
        var layer = Layer.still(
            "strand", parallax: 1, box: Box(x: Site.left, y: 540, width: 2120, height: 460)
        ) { painter in
            let line = [
                Point(-440, 592), Point(-100, 602), Point(240, 612), Point(640, 604), Point(1000, 598),
                Point(1340, 584),
                Point(1720, 574),
            ]
            painter.fill(.swell(line, to: 1000), snowed(sand, 0.8), .mass)
            var dice = Dice(seed, "pebbles")
            for _ in 0..<44 {
                let at = Point(dice.between(-400.0, 1680.0), dice.between(640.0, 780.0))
                let size = dice.between(2.0, 7.0)
                painter.detail(
                    .ellipse(at, size * 1.6, size * 0.7),
                    snowed(sand.mixed(Colour(0x6d6258), 0.45)).lifted(dice.between(-0.06, 0.08)))
            }
            if variant == "beach" { shells(painter) }
        }
        layer.live = { painter, time in
            let edge = stride(from: Site.left, through: Site.right, by: 30.0).map { x in
                Point(
                    x,
                    596 + 9 * sin(x * 0.006 + 0.4) + (isLake ? 2 : 7) * sin(time * 0.9 + x * 0.004) + 3 * sin(x * 0.05))
            }
            let spine = edge.map { Girth($0, isLake ? 5 : 11 + 5 * sin($0.x * 0.02)) }
            painter.shining(
                .ribbon(spine, ends: .flat), Colour.white.mixed(light.skyMiddle, light.isDark ? 0.6 : 0.25).alpha(0.5))
        }
        return layer
    }

    private func shells(_ painter: Painter) {
        var dice = Dice(seed, "shells")
        for _ in 0..<12 {
            let at = Point(dice.between(-300.0, 1600.0), dice.between(650.0, 720.0))
            painter.detail(.ellipse(at, 5, 3.4), Colour(dice.next() < 0.5 ? 0xf6e3d4 : 0xe8a890))
        }
    }

    private func rocks() -> Layer {
        .still("rocks", parallax: 1.25, box: Box(x: Site.left, y: 560, width: 2120, height: 440)) { painter in
            for (x, y, size) in [(-60.0, 720.0, 110.0), (1350.0, 716.0, 130.0), (1230.0, 748.0, 70.0)] {
                let rock = Path.blob(Point(x, y), size, size * 0.62, seed: seed &+ UInt64(size), rough: 0.2)
                painter.fill(rock, snowed(Colour(0x4d535e), 0.5))
            }
        }
    }

    private func cliffTop() -> Layer {
        let foot = Point(1010, 606)
        var layer = Layer.still("cliff top", parallax: 0.98) { painter in
            let line = [
                Point(-440, 700), Point(-120, 640), Point(160, 606), Point(480, 598), Point(900, 602), Point(1300, 590),
                Point(1720, 580),
            ]
            painter.fill(.swell(line, to: 1000), snowed(Colour(0x7c9a5a), 0.8), .mass)
            if hasLighthouse { lighthouse(painter, foot: foot, height: 420) }
            var dice = Dice(seed, "cliff")
            for _ in 0..<30 {
                let at = Point(dice.between(-200.0, 1680.0), dice.between(626.0, 760.0))
                painter.detail(
                    .ellipse(at, dice.between(10.0, 44.0), dice.between(1.6, 4.0)), snowed(Colour(0x6a8a4c), 0.7))
            }
            for (x, y, size) in [(60.0, 640.0, 40.0), (-70.0, 690.0, 84.0), (1240.0, 606.0, 26.0)] {
                let rock = Path.blob(Point(x, y), size, size * 0.6, seed: seed &+ UInt64(size), rough: 0.2)
                painter.fill(rock, snowed(Colour(0x7b7f84), 0.5))
            }
        }
        if hasLighthouse, light.wantsLamps {
            layer.live = { painter, time in lighthouseBeam(painter, foot: foot, height: 420, time) }
        }
        return layer
    }

    private func deck() -> Layer {
        .still("deck", parallax: 1) { painter in
            let wood = Colour(0x8a6a4d)
            for post in 0..<18 {
                painter.fill(.rectangle(-400 + Double(post) * 120, 520, 12, 90), wood.lifted(-0.10))
            }
            painter.fill(.rectangle(Site.left, 512, 2120, 14), wood.lifted(-0.04))
            painter.fill(.rectangle(Site.left, 562, 2120, 7), wood.lifted(-0.12))
            painter.fill(.rectangle(Site.left, 604, 2120, 396), wood, .mass)
            for row in 0..<7 {
                painter.detail(.rectangle(Site.left, 606 + pow(Double(row), 1.35) * 15, 2120, 2.4), wood.lifted(-0.14))
            }
            painter.fill(.rectangle(1120, -240, 30, 850), wood.lifted(-0.12))
            for rope in [0.0, 1.0] {
                painter.line([Point(1134, 20), Point(780 + rope * 900, 516)], 3, Colour(0x4d3b2f))
            }
        }
    }

    /// The swell passes before the hull of whatever sails here.
    private func frontSwell() -> Layer {
        .live("front swell", parallax: 1.1, box: Box(x: Site.left, y: 590, width: 2120, height: 410)) { painter, time in
            for row in 0..<2 {
                let near = Double(row)
                let y = 634 + near * 46
                let line = stride(from: Site.left, through: Site.right, by: 18.0).map { x in
                    Point(x, y - 11 * sin(x * 0.011 + time * (1.2 - near * 0.3) + near) - 4 * sin(x * 0.03 - time))
                }
                let colour = painter.tone(water.lifted(-0.12 - near * 0.05))
                painter.shining(.under(line.map { $0 + Point(0, -2.4) }, to: 990), colour.lifted(0.13))
                painter.shining(.under(line, to: 990), colour)
            }
        }
    }
}
