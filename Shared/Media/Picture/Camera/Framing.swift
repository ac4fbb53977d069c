// Picture · pure · sees Contracts, Policies
import Foundation

package enum ShotSize: String, CaseIterable, Hashable, Sendable {
    case extremeWide = "extreme_wide"
    case establishing
    case wide
    case medium
    case closeUp = "close_up"
    case extremeCloseUp = "extreme_close_up"
    case insert
    case overShoulder = "over_shoulder"
    case pov

    package var isFar: Bool { self == .extremeWide || self == .establishing }
    package var isClose: Bool { self == .closeUp || self == .extremeCloseUp || self == .insert }
}

package enum CameraMove: String, CaseIterable, Hashable, Sendable {
    case still = "static"
    case panLeft = "pan_left"
    case panRight = "pan_right"
    case tiltUp = "tilt_up"
    case tiltDown = "tilt_down"
    case zoomIn = "zoom_in"
    case zoomOut = "zoom_out"
    case pushIn = "push_in"
    case pullOut = "pull_out"
    case tracking
    case handheld
    case whip
}

/// A head in the picture before there is a camera.
struct HeadBox: Hashable, Sendable {
    var middle: Point
    var radius: Double
    /// 1 looks to the right.
    var side: Double
    var foot: Double
}

/// Finds the lens for a size of shot, by the heads in it.
struct Framing {
    var size: ShotSize
    var isIndoors: Bool
    /// What the frame shows at zoom 1, in units.
    var view: Box
    var heads: [HeadBox]
    /// What else should be in a wide picture.
    var things: [Box]
    /// The thing an insert is about.
    var object: Box?

    func lens() -> Lens {
        if size == .insert, let object { return around(object) }
        guard !heads.isEmpty else { return empty() }
        var lens =
            switch size {
            case .extremeWide, .establishing: far()
            case .wide, .pov: wide()
            case .medium: medium()
            case .overShoulder: pastShoulder()
            case .closeUp, .insert: close(share: 0.27)
            case .extremeCloseUp: close(share: 0.40)
            }
        // The lens never looks below the ground plane's foot, nor above the painted sky.
        let half = view.height / 2 / lens.zoom
        lens.y = min(lens.y, 790 - half)
        lens.y = max(lens.y, -230 + half)
        return lens
    }

    private var left: Double { heads.map { $0.middle.x }.min() ?? 640 }
    private var right: Double { heads.map { $0.middle.x }.max() ?? 640 }
    private var top: Double { heads.map { $0.middle.y - $0.radius }.min() ?? 360 }
    private var low: Double { heads.map { $0.middle.y + $0.radius }.max() ?? 360 }
    private var radius: Double { heads.map { $0.radius }.max() ?? 28 }
    /// Where they look together, -1 … 1.
    private var side: Double { heads.map { $0.side }.reduce(0, +) / Double(max(1, heads.count)) }

    private func empty() -> Lens {
        switch size {
        case .medium, .overShoulder: Lens(y: 400, zoom: 1.35)
        case .closeUp, .extremeCloseUp, .insert: Lens(y: 440, zoom: 1.7)
        default: Lens()
        }
    }

    /// Outdoors people are small in the land; a room has no more to show than its walls.
    private func far() -> Lens {
        let x = mix(640, (left + right) / 2, 0.35)
        return isIndoors ? Lens(x: x, y: 376, zoom: 1.02) : Lens(x: x, y: 398, zoom: 0.74)
    }

    private func wide() -> Lens {
        let tall = max(120, (heads.map { $0.foot }.max() ?? 640) - top)
        let ends = heads.map { $0.middle.x } + things.flatMap { [$0.x + radius * 2, $0.maxX - radius * 2] }
        let low = ends.min() ?? 640
        let high = ends.max() ?? 640
        let across = high - low + radius * 6
        let zoom = max(0.95, min(1.42, view.height * 0.50 / tall, view.width * 0.84 / across))
        let foot = heads.map { $0.foot }.max() ?? 640
        // Feet stay clear of the band where captions go.
        return Lens(
            x: mix(640, (low + high) / 2, 0.7) + side * 30, y: foot + 118 / zoom - view.height / 2 / zoom,
            zoom: zoom)
    }

    private func medium() -> Lens {
        let across = right - left + radius * 5.2
        let tall = low - top + radius * 3.4
        let zoom = max(1.05, min(2.7, view.height * 0.62 / tall, view.width * 0.80 / across))
        let lead = heads.count == 1 ? 70 * side / zoom : 0
        return Lens(
            x: (left + right) / 2 + lead, y: top + view.height / zoom * (0.5 - 0.14), zoom: zoom)
    }

    /// The face on one third; the shoulder takes the other side.
    private func pastShoulder() -> Lens {
        let zoom = min(2.6, view.height * 0.17 / radius)
        return Lens(x: (left + right) / 2 + side * 64, y: top + view.height / zoom * (0.5 - 0.16), zoom: zoom)
    }

    private func close(share: Double) -> Lens {
        let across = right - left + radius * 3.4
        let zoom = min(view.height * share / radius, view.width * 0.80 / across)
        let lead = heads.count == 1 ? 130 * side / zoom : 0
        return Lens(
            x: (left + right) / 2 + lead, y: (top + low) / 2 + view.height / zoom * 0.045, zoom: zoom)
    }

    private func around(_ object: Box) -> Lens {
        let zoom = clamp(
            min(view.height * 0.52 / max(20, object.height), view.width * 0.5 / max(20, object.width)), 1, 9)
        return Lens(x: object.middle.x, y: object.middle.y, zoom: zoom)
    }
}
