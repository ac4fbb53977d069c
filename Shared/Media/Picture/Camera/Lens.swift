// Picture · pure · sees Contracts, Policies
import Foundation

/// Where the camera looks at one moment: the middle of its view, and how near it is.
package struct Lens: Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var zoom: Double

    package init(x: Double = 640, y: Double = 360, zoom: Double = 1) {
        self.x = x
        self.y = y
        self.zoom = zoom
    }

    /// Zooms grow by equal factors in equal times.
    func mixed(_ other: Lens, _ share: Double) -> Lens {
        Lens(
            x: mix(x, other.x, share), y: mix(y, other.y, share),
            zoom: exp(mix(log(zoom), log(other.zoom), share)))
    }

    /// Layers beyond this parallax stand between the people and the lens.
    package static let near = 1.2

    /// How a layer of a parallax is seen: far layers move and grow less. What is near the lens frames the picture, so
    /// it is measured from where the lens is in the middle of the shot, `anchor`.
    package func view(parallax: Double, anchor: Double) -> View {
        guard parallax > Lens.near else { return view(parallax: parallax) }
        var moved = self
        moved.x -= anchor - 640
        return moved.view(parallax: parallax)
    }

    package func view(parallax: Double) -> View {
        View(
            zoom: pow(zoom, 0.52 + 0.48 * min(parallax, 1.5)),
            x: 640 + (x - 640) * parallax,
            y: 360 + (y - 360) * min(1, 0.25 + 0.75 * parallax))
    }

    package struct View: Hashable, Sendable {
        package var zoom: Double
        package var x: Double
        package var y: Double
    }
}

/// The way of the camera through a shot.
package struct CameraPath: Sendable {
    package enum Pace: Sendable {
        case eased
        case even
    }

    package var from: Lens
    package var to: Lens
    package var pace = Pace.eased
    /// Goes along with these people, by this share of their way.
    package var follows: [Int] = []
    package var followShare = 0.0
    package var seconds: Double

    func base(at time: Double) -> Lens {
        guard from != to, seconds > 0 else { return from }
        let t = clamp(time / seconds)
        return from.mixed(to, pace == .even ? t : Ease.lens(t))
    }
}
