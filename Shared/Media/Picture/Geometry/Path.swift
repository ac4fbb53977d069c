// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

/// An outline of lines and curves. Styles may bend it; canvases fill it.
package struct Path: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        case move(Point)
        case line(Point)
        case curve(Point, Point, Point)
        case close
    }

    package private(set) var steps: [Step] = []

    package init() {}

    package mutating func move(_ to: Point) { steps.append(.move(to)) }
    package mutating func line(_ to: Point) { steps.append(.line(to)) }
    package mutating func curve(_ first: Point, _ second: Point, _ to: Point) {
        steps.append(.curve(first, second, to))
    }
    package mutating func close() { steps.append(.close) }

    package static func + (left: Path, right: Path) -> Path {
        var both = left
        both.steps += right.steps
        return both
    }

    package static func += (left: inout Path, right: Path) { left.steps += right.steps }

    package var isEmpty: Bool { steps.isEmpty }

    package func mapped(_ change: (Point) -> Point) -> Path {
        var made = Path()
        made.steps = steps.map { step in
            switch step {
            case .move(let to): .move(change(to))
            case .line(let to): .line(change(to))
            case .curve(let first, let second, let to): .curve(change(first), change(second), change(to))
            case .close: .close
            }
        }
        return made
    }

    package func moved(_ by: Point) -> Path { mapped { $0 + by } }

    /// Holds every point of the outline; a curve may stay a little inside it.
    package var box: Box {
        var left = Double.greatestFiniteMagnitude
        var top = Double.greatestFiniteMagnitude
        var right = -Double.greatestFiniteMagnitude
        var bottom = -Double.greatestFiniteMagnitude
        func take(_ point: Point) {
            left = min(left, point.x)
            right = max(right, point.x)
            top = min(top, point.y)
            bottom = max(bottom, point.y)
        }
        for step in steps {
            switch step {
            case .move(let to), .line(let to): take(to)
            case .curve(let first, let second, let to):
                take(first)
                take(second)
                take(to)
            case .close: break
            }
        }
        guard left <= right, top <= bottom else { return Box(x: 0, y: 0, width: 0, height: 0) }
        return Box(x: left, y: top, width: right - left, height: bottom - top)
    }
}

extension Path {
    package static func polygon(_ points: [Point]) -> Path {
        var path = Path()
        guard let first = points.first else { return path }
        path.move(first)
        for point in points.dropFirst() { path.line(point) }
        path.close()
        return path
    }

    package static func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Path {
        polygon([Point(x, y), Point(x + width, y), Point(x + width, y + height), Point(x, y + height)])
    }

    package static func rectangle(_ box: Box) -> Path { rectangle(box.x, box.y, box.width, box.height) }

    package static func circle(_ middle: Point, _ radius: Double) -> Path { ellipse(middle, radius, radius) }

    package static func ellipse(_ middle: Point, _ width: Double, _ height: Double, turned: Double = 0) -> Path {
        let pull = 0.5522847498
        func at(_ x: Double, _ y: Double) -> Point {
            let point = Point(x * width, y * height)
            return middle + (turned == 0 ? point : point.turned(turned))
        }
        var path = Path()
        path.move(at(1, 0))
        path.curve(at(1, pull), at(pull, 1), at(0, 1))
        path.curve(at(-pull, 1), at(-1, pull), at(-1, 0))
        path.curve(at(-1, -pull), at(-pull, -1), at(0, -1))
        path.curve(at(pull, -1), at(1, -pull), at(1, 0))
        path.close()
        return path
    }

    /// A rectangle with round corners.
    package static func rounded(_ box: Box, _ corner: Double) -> Path {
        let radius = min(corner, box.width / 2, box.height / 2)
        let pull = radius * 0.4477152502
        let right = box.maxX
        let bottom = box.maxY
        var path = Path()
        path.move(Point(box.x + radius, box.y))
        path.line(Point(right - radius, box.y))
        path.curve(Point(right - pull, box.y), Point(right, box.y + pull), Point(right, box.y + radius))
        path.line(Point(right, bottom - radius))
        path.curve(Point(right, bottom - pull), Point(right - pull, bottom), Point(right - radius, bottom))
        path.line(Point(box.x + radius, bottom))
        path.curve(Point(box.x + pull, bottom), Point(box.x, bottom - pull), Point(box.x, bottom - radius))
        path.line(Point(box.x, box.y + radius))
        path.curve(Point(box.x, box.y + pull), Point(box.x + pull, box.y), Point(box.x + radius, box.y))
        path.close()
        return path
    }

    /// A smooth line through all the points and back to the first.
    package static func smooth(_ points: [Point]) -> Path {
        var path = Path()
        let count = points.count
        guard count > 2 else { return polygon(points) }
        path.move(points[0])
        for index in 0..<count {
            let before = points[(index + count - 1) % count]
            let from = points[index]
            let to = points[(index + 1) % count]
            let after = points[(index + 2) % count]
            path.curve(from + (to - before) * (1.0 / 6), to - (after - from) * (1.0 / 6), to)
        }
        path.close()
        return path
    }

    /// A roundish lump whose edge wanders by `rough` of its size.
    package static func blob(
        _ middle: Point, _ width: Double, _ height: Double, seed: UInt64, rough: Double = 0.16
    ) -> Path {
        let corners = 11
        return smooth(
            (0..<corners).map { corner in
                let angle = Double(corner) / Double(corners) * 2 * .pi
                let reach = 1 + rough * (Seed.unit(seed, corner) * 2 - 1)
                return middle + Point(cos(angle) * width * reach, sin(angle) * height * reach)
            })
    }

    /// A closed area under a line of points, down to `bottom`.
    package static func under(_ top: [Point], to bottom: Double) -> Path {
        guard let first = top.first, let last = top.last else { return Path() }
        return polygon(top + [Point(last.x, bottom), Point(first.x, bottom)])
    }

    /// The same, with the line drawn smooth.
    package static func swell(_ top: [Point], to bottom: Double) -> Path {
        guard let first = top.first, let last = top.last else { return Path() }
        var path = openCurve(top)
        path.line(Point(last.x, bottom))
        path.line(Point(first.x, bottom))
        path.close()
        return path
    }

    /// A smooth line through the points, left open: a beginning of something.
    static func openCurve(_ points: [Point]) -> Path {
        var path = Path()
        guard let first = points.first else { return path }
        path.move(first)
        for index in points.indices.dropLast() {
            let before = points[max(0, index - 1)]
            let from = points[index]
            let to = points[index + 1]
            let after = points[min(points.count - 1, index + 2)]
            path.curve(from + (to - before) * (1.0 / 6), to - (after - from) * (1.0 / 6), to)
        }
        return path
    }
}
