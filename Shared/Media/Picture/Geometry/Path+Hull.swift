// Picture · pure · sees Contracts, Policies
import Foundation

/// A disc that cloth is stretched over.
struct Disc {
    var middle: Point
    var radius: Double

    init(_ middle: Point, _ radius: Double) {
        self.middle = middle
        self.radius = radius
    }
}

extension Path {
    /// The shortest outline round all the discs: how a skirt lies over hips and knees.
    static func hull(_ discs: [Disc]) -> Path {
        var points: [Point] = []
        for disc in discs {
            for step in 0..<12 {
                let angle = Double(step) / 12 * 2 * .pi
                points.append(disc.middle + Point(cos(angle), sin(angle)) * disc.radius)
            }
        }
        return polygon(convex(points))
    }

    /// Corners of the convex hull, by Andrew's two chains.
    private static func convex(_ points: [Point]) -> [Point] {
        let sorted = points.sorted { $0.x == $1.x ? $0.y < $1.y : $0.x < $1.x }
        guard sorted.count > 2 else { return sorted }
        let lower = chain(sorted)
        let upper = chain(sorted.reversed())
        return Array(lower.dropLast()) + Array(upper.dropLast())
    }

    private static func chain(_ points: [Point]) -> [Point] {
        var chain: [Point] = []
        for point in points {
            while chain.count > 1 {
                let from = chain[chain.count - 2]
                let last = chain[chain.count - 1]
                let turn = (last.x - from.x) * (point.y - from.y) - (last.y - from.y) * (point.x - from.x)
                if turn > 0 { break }
                chain.removeLast()
            }
            chain.append(point)
        }
        return chain
    }
}
