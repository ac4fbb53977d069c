// Picture · pure · sees Contracts, Policies
import Foundation

/// A point of a ribbon and how wide the ribbon is there.
package struct Girth: Hashable, Sendable {
    package var at: Point
    package var width: Double

    package init(_ at: Point, _ width: Double) {
        self.at = at
        self.width = width
    }
}

extension Path {
    package enum Ends {
        case round
        case flat
    }

    /// A line that is wide here and narrow there, drawn smooth along both its sides.
    package static func ribbon(_ spine: [Girth], ends: Ends = .round) -> Path {
        guard spine.count > 1 else { return Path() }
        var left: [Point] = []
        var right: [Point] = []
        for index in spine.indices {
            let before = spine[max(0, index - 1)].at
            let after = spine[min(spine.count - 1, index + 1)].at
            let side = (after - before).direction.normal * (spine[index].width / 2)
            left.append(spine[index].at + side)
            right.append(spine[index].at - side)
        }
        var path = openCurve(left)
        path.turnEnd(from: left[left.count - 1], to: right[right.count - 1], ends)
        path.append(smoothThrough: Array(right.reversed()))
        path.turnEnd(from: right[0], to: left[0], ends)
        path.close()
        return path
    }

    /// An arm or a leg: shoulder, elbow and wrist, bent softly at the joint.
    package static func limb(_ start: Girth, _ joint: Girth, _ end: Girth) -> Path {
        let before = start.at.toward(joint.at, 0.72)
        let after = joint.at.toward(end.at, 0.28)
        var spine = [start, Girth(start.at.toward(joint.at, 0.4), mix(start.width, joint.width, 0.4))]
        for step in 0...4 {
            let t = Double(step) / 4
            let bend = before * ((1 - t) * (1 - t)) + joint.at * (2 * t * (1 - t)) + after * (t * t)
            spine.append(Girth(bend, joint.width))
        }
        spine.append(Girth(joint.at.toward(end.at, 0.65), mix(joint.width, end.width, 0.65)))
        spine.append(end)
        return ribbon(spine)
    }

    private mutating func append(smoothThrough points: [Point]) {
        for index in points.indices.dropLast() {
            let before = points[max(0, index - 1)]
            let from = points[index]
            let to = points[index + 1]
            let after = points[min(points.count - 1, index + 2)]
            curve(from + (to - before) * (1.0 / 6), to - (after - from) * (1.0 / 6), to)
        }
    }

    private mutating func turnEnd(from: Point, to: Point, _ ends: Ends) {
        guard ends == .round else {
            line(to)
            return
        }
        // Half a circle in two quarters; `out` points away from the ribbon's body.
        let across = (to - from) * 0.5
        let out = Point(-across.y, across.x)
        let middle = from + across
        let pull = 0.5522847498
        curve(from + out * pull, middle + out - across * pull, middle + out)
        curve(middle + out + across * pull, to + out * pull, to)
    }
}
