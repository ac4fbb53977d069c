// Picture · pure · sees Contracts, Policies

/// What a layer draws, in units of the frame, at a moment in seconds.
package typealias Drawing = (Painter, Double) -> Void

/// One sheet of the picture. Sheets lie on each other from the sky to the lens.
package struct Layer {
    package var name: String
    /// How much it moves with the camera: 0 the sky, 1 where people stand, more for what is nearer.
    package var parallax: Double
    /// How much haze lies before it.
    package var depth: Double
    /// Nothing of it is outside.
    package var box: Box
    package var isIndoors = false
    /// Units a second it wanders to the right by itself, as clouds do.
    package var drift = 0.0
    /// Drawn once.
    package var still: ((Painter) -> Void)?
    /// Drawn for every frame, on top of the still part.
    package var live: Drawing?
    /// The person who stands here, by number in the cast.
    package var performer: Int?
    /// Marks the place where people and things go.
    package var holdsCast = false

    package init(_ name: String, parallax: Double, depth: Double = 0, box: Box = .everything) {
        self.name = name
        self.parallax = parallax
        self.depth = depth
        self.box = box
    }

    package static func still(
        _ name: String, parallax: Double, depth: Double = 0, box: Box = .everything,
        _ draw: @escaping (Painter) -> Void
    ) -> Layer {
        var layer = Layer(name, parallax: parallax, depth: depth, box: box)
        layer.still = draw
        return layer
    }

    package static func live(
        _ name: String, parallax: Double, depth: Double = 0, box: Box = .everything, _ draw: @escaping Drawing
    ) -> Layer {
        var layer = Layer(name, parallax: parallax, depth: depth, box: box)
        layer.live = draw
        return layer
    }

    static func cast() -> Layer {
        var layer = Layer("cast", parallax: 1)
        layer.holdsCast = true
        return layer
    }
}

extension Box {
    /// The frame with all that a camera may see around it: 1280 × 720 units inside, feet at y 640.
    package static let everything = Box(x: -420, y: -240, width: 2120, height: 1240)
    package static let frame = Box(x: 0, y: 0, width: 1280, height: 720)
}
