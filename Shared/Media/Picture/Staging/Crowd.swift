// Picture · pure · sees Contracts, Policies
import Contracts
import Foundation
import Policies

/// Whom a crowd is made of.
enum CrowdKind: String, CaseIterable, Hashable, Sendable {
    case villagers
    case soldiers
    case children
    case passers
    case birds
    case sheep

    /// A crowd of animals is many of this thing.
    var animal: PropKind? {
        switch self {
        case .villagers, .soldiers, .children, .passers: nil
        case .birds: .bird
        case .sheep: .sheep
        }
    }
}

/// People behind the people: one toned group, each a little different, and the same in every frame.
struct Crowd: Hashable, Sendable {
    let kind: CrowdKind
    let count: Int
    let depth: Double
    private let seed: UInt64

    /// More would be a wall.
    static let most = 40

    init(_ crowd: ShotDSL.Crowd, _ kind: CrowdKind, seed: UInt64) {
        self.kind = kind
        count = min(max(1, crowd.count), Crowd.most)
        depth = clamp(crowd.depth)
        self.seed = Seed.part(seed, "crowd")
    }

    func layer(on place: PlaceKind) -> Layer {
        let ground = Casting.ground - depth * place.rise
        var layer = Layer.still("crowd", parallax: 1, depth: depth * 0.5) { painter in
            guard kind.animal == nil else { return }
            for spot in spots().sorted(by: { $0.back > $1.back }) {
                let size = Casting.adult * Casting.scale(at: depth) * (kind == .children ? 0.66 : 0.97)
                let height = size * (0.9 + 0.16 * Seed.unit(spot.seed, 3)) * (1 - spot.back * 0.05)
                draw(Point(spot.x, ground - spot.back * 10), height, spot.seed, painter)
            }
        }
        layer.isIndoors = place.isIndoors
        return layer
    }

    /// Where each of them is: across the frame, and a little before or behind the others.
    func spots() -> [(x: Double, back: Double, seed: UInt64)] {
        (0..<count).map { index in
            let share = (Double(index) + 0.5 + (Seed.unit(seed, index, 1) - 0.5) * 0.7) / Double(count)
            return (60 + 1160 * share, Seed.unit(seed, index, 2), Seed.part(seed, "\(index)"))
        }
    }

    /// Head, hair, a coat and two feet in one family of muted colours.
    private func draw(_ foot: Point, _ height: Double, _ seed: UInt64, _ painter: Painter) {
        let coats: [UInt32] = [0x4d5568, 0x5b5360, 0x4a5d5c, 0x62584e, 0x565a6e]
        let coat = Colour(coats[Int(Seed.unit(seed, 1) * 4.999)])
        let dark = coat.mixed(Colour(0x1e1c2a), 0.5)
        let wide = height * (0.10 + 0.03 * Seed.unit(seed, 2))
        let head = height * 0.1
        let top = foot.y - height
        let hem = foot.y - height * (0.12 + 0.24 * Seed.unit(seed, 3))
        let shoulder = top + head * 2.1
        painter.canvas.fill(.ellipse(foot, wide * 1.5, wide * 0.22), .flat(Colour(0x120e22, 0.2)))
        for side in [-0.42, 0.42] {
            let leg = Point(foot.x + side * wide, foot.y - wide * 0.15)
            painter.line([Point(leg.x, hem - 4), leg], wide * 0.5, dark)
            painter.detail(.ellipse(leg, wide * 0.42, wide * 0.2), dark)
        }
        painter.detail(
            .smooth([
                Point(foot.x - wide * 0.78, shoulder + wide * 0.35), Point(foot.x, shoulder - wide * 0.15),
                Point(foot.x + wide * 0.78, shoulder + wide * 0.35), Point(foot.x + wide * 0.95, hem),
                Point(foot.x - wide * 0.95, hem),
            ]), coat)
        let middle = Point(foot.x, top + head)
        painter.detail(.circle(middle, head), Colour(0xb08a72).mixed(coat, 0.35))
        painter.detail(.ellipse(Point(middle.x, middle.y - head * 0.4), head * 1.02, head * 0.66), dark)
    }
}
