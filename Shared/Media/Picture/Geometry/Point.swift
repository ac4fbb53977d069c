// Picture · pure · sees Contracts, Policies
import Foundation

/// A place or a step in units of the frame, x to the right, y down.
package struct Point: Hashable, Sendable {
    package var x: Double
    package var y: Double

    package init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    package static let zero = Point(0, 0)

    package static func + (left: Point, right: Point) -> Point { Point(left.x + right.x, left.y + right.y) }
    package static func - (left: Point, right: Point) -> Point { Point(left.x - right.x, left.y - right.y) }
    package static func * (point: Point, factor: Double) -> Point { Point(point.x * factor, point.y * factor) }

    package var length: Double { (x * x + y * y).squareRoot() }
    package var angle: Double { atan2(y, x) }

    /// One unit long; a point too short to have a direction stays short instead of dividing by nothing.
    package var direction: Point { self * (1 / max(1e-6, length)) }

    /// A quarter turn, to the left of the way it points.
    package var normal: Point { Point(-y, x) }

    package func turned(_ angle: Double) -> Point {
        let cosine = cos(angle)
        let sine = sin(angle)
        return Point(x * cosine - y * sine, x * sine + y * cosine)
    }

    package func toward(_ other: Point, _ share: Double) -> Point {
        Point(mix(x, other.x, share), mix(y, other.y, share))
    }
}

/// An upright rectangle.
package struct Box: Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double

    package init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    package var maxX: Double { x + width }
    package var maxY: Double { y + height }
    package var middle: Point { Point(x + width / 2, y + height / 2) }

    package func union(_ other: Box) -> Box {
        let left = min(x, other.x)
        let top = min(y, other.y)
        return Box(
            x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
    }

    /// What both cover; empty boxes have no width or no height.
    package func intersection(_ other: Box) -> Box {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Box(
            x: left, y: top, width: max(0, min(maxX, other.maxX) - left),
            height: max(0, min(maxY, other.maxY) - top))
    }

    package func grown(_ margin: Double) -> Box {
        Box(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
    }
}

/// Where a drawing is put: scaled, turned and moved.
package struct Transform: Hashable, Sendable {
    package var xx = 1.0
    package var yx = 0.0
    package var xy = 0.0
    package var yy = 1.0
    package var dx = 0.0
    package var dy = 0.0

    package init() {}

    package static func moved(_ x: Double, _ y: Double) -> Transform {
        var made = Transform()
        made.dx = x
        made.dy = y
        return made
    }

    package static func scaled(_ x: Double, _ y: Double) -> Transform {
        var made = Transform()
        made.xx = x
        made.yy = y
        return made
    }

    package static func turned(_ angle: Double) -> Transform {
        var made = Transform()
        made.xx = cos(angle)
        made.yx = sin(angle)
        made.xy = -sin(angle)
        made.yy = cos(angle)
        return made
    }

    /// First `inner`, then this one.
    package func after(_ inner: Transform) -> Transform {
        var made = Transform()
        made.xx = xx * inner.xx + xy * inner.yx
        made.yx = yx * inner.xx + yy * inner.yx
        made.xy = xx * inner.xy + xy * inner.yy
        made.yy = yx * inner.xy + yy * inner.yy
        made.dx = xx * inner.dx + xy * inner.dy + dx
        made.dy = yx * inner.dx + yy * inner.dy + dy
        return made
    }

    package func apply(_ point: Point) -> Point {
        Point(xx * point.x + xy * point.y + dx, yx * point.x + yy * point.y + dy)
    }
}
