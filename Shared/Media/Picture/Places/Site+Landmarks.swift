// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

/// Things a story names that stand far off, in whatever land it is.
extension Site {
    private static let known = ["lighthouse", "windmill", "castle", "church", "house", "river"]

    /// Nothing when the story names none of them. `base` is the height of the far ground.
    func landmarks(base: Double) -> [Layer] {
        let wanted = Site.known.filter(has)
        guard !wanted.isEmpty else { return [] }
        let places = [1010.0, 250.0, 790.0, 480.0]
        let box = Box(x: Site.left, y: base - 330, width: 2120, height: 400)
        var layer = Layer.still("landmarks", parallax: 0.3, depth: 0.34, box: box) { painter in
            for (index, word) in wanted.prefix(4).enumerated() { landmark(word, painter, Point(places[index], base)) }
        }
        if has("lighthouse"), light.wantsLamps {
            let foot = Point(places[0], base)
            layer.live = { painter, time in lighthouseBeam(painter, foot: foot, height: 210, time) }
        }
        return [layer]
    }

    private func landmark(_ word: String, _ painter: Painter, _ foot: Point) {
        switch word {
        case "lighthouse": lighthouse(painter, foot: foot, height: 210)
        case "windmill": windmill(painter, foot)
        case "castle": castle(painter, foot)
        case "church": church(painter, foot)
        case "river":
            let bend = [
                Point(foot.x - 30, foot.y - 24), Point(foot.x + 20, foot.y - 24), Point(foot.x + 90, foot.y + 10),
                Point(foot.x + 60, foot.y + 50), Point(foot.x - 160, foot.y + 50), Point(foot.x + 10, foot.y + 8),
            ]
            painter.fill(.smooth(bend), water.lifted(0.06), .mass)
        default:
            house(painter, Spot(foot.x - 50, foot.y + 6, height: 74, seed: part("landmark")), width: 108, isNear: false)
        }
    }

    private func windmill(_ painter: Painter, _ foot: Point) {
        func at(_ x: Double, _ y: Double) -> Point { foot + Point(x, -y) }
        painter.fill(.polygon([at(-30, 0), at(30, 0), at(19, 110), at(-19, 110)]), Colour(0xe9dcc3))
        painter.fill(.polygon([at(-24, 108), at(24, 108), at(0, 140)]), Colour(0x8c4a3c))
        painter.detail(.rectangle(foot.x - 7, foot.y - 26, 14, 26), Colour(0x5a4038))
        for sail in 0..<4 {
            let angle = Double(sail) * .pi / 2 + 0.5
            let tip = at(0, 112) + Point(cos(angle), sin(angle)) * 74
            let side = Point(cos(angle + .pi / 2), sin(angle + .pi / 2)) * 13
            let near = at(0, 112).toward(tip, 0.22)
            painter.fill(.polygon([near, tip, tip + side, near + side]), Colour(0xf3ead6))
            painter.line([at(0, 112), tip], 3, Colour(0x5a4038))
        }
    }

    private func castle(_ painter: Painter, _ foot: Point) {
        let stone = Colour(0xa39c96)
        for (x, width, height) in [
            (-70.0, 140.0, 90.0), (-86.0, 34.0, 140.0), (52.0, 34.0, 140.0), (-18.0, 36.0, 180.0),
        ] {
            painter.fill(.rectangle(foot.x + x, foot.y - height, width, height), stone.lifted(x == -70 ? -0.03 : 0))
            for tooth in 0..<max(3, Int(width / 14)) {
                let left = foot.x + x + Double(tooth) * 14
                if left + 8 <= foot.x + x + width {
                    painter.detail(.rectangle(left, foot.y - height - 8, 8, 9), stone)
                }
            }
        }
        painter.detail(.rounded(Box(x: foot.x - 14, y: foot.y - 42, width: 28, height: 42), 12), Colour(0x4a3a34))
        painter.fill(
            .polygon([foot + Point(0, -234), foot + Point(34, -224), foot + Point(0, -214)]), Colour(0xc9483a))
        painter.line([foot + Point(0, -180), foot + Point(0, -236)], 3, Colour(0x4a3a34))
        guard light.wantsLamps else { return }
        for x in [-70.0, 68, 0] {
            painter.shining(.rectangle(foot.x + x - 4, foot.y - 112, 8, 13), Colour(0xffd27a))
        }
    }

    private func church(_ painter: Painter, _ foot: Point) {
        let wall = Colour(0xe6dccb)
        painter.fill(.rectangle(foot.x - 20, foot.y - 66, 110, 66), wall)
        painter.fill(
            .polygon([foot + Point(-26, -64), foot + Point(98, -64), foot + Point(84, -102), foot + Point(-12, -102)]),
            Colour(0x6d4b57))
        painter.fill(.rectangle(foot.x - 48, foot.y - 130, 42, 130), wall.lifted(-0.03))
        painter.fill(
            .polygon([foot + Point(-54, -128), foot + Point(0, -128), foot + Point(-27, -206)]), Colour(0x57606e))
        painter.detail(.rounded(Box(x: foot.x - 36, y: foot.y - 30, width: 18, height: 30), 8), Colour(0x5a4038))
        for x in [8.0, 38, 66] {
            let window = Path.rounded(Box(x: foot.x + x, y: foot.y - 52, width: 12, height: 26), 6)
            if light.wantsLamps {
                painter.shining(window, Colour(0xffd27a))
            } else {
                painter.detail(window, Colour(0x5d7688))
            }
        }
    }
}
