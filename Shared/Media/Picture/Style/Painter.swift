// Picture · pure · sees Contracts, Policies
import Foundation

/// The hand that draws: it knows the light, the distance and the style, and a canvas to put shapes on.
package final class Painter {
    package let canvas: any Canvas
    package let pack: any StylePack
    package var light: Light
    /// How far away what is drawn now stands, 0 … 1.
    package var depth: Double
    /// Pixels a unit, so that nobody draws what cannot be seen.
    package var scale: Double
    /// Mirrored drawings see the light from the other side.
    package var isMirrored = false

    package init(_ canvas: any Canvas, pack: any StylePack, light: Light, depth: Double = 0, scale: Double = 1) {
        self.canvas = canvas
        self.pack = pack
        self.light = light
        self.depth = depth
        self.scale = scale
    }

    package var lightSide: Double { isMirrored ? -light.side : light.side }

    /// A colour of the story as it looks here and now.
    package func tone(_ colour: Colour) -> Colour { pack.tone(light.shade(colour, at: depth)).quantised }

    package func fill(
        _ path: Path, _ colour: Colour, _ substance: Substance = .solid, top: Colour? = nil, fade: Double = 0
    ) {
        pack.fill(Fill(path, colour, substance, top: top, fade: fade), with: self)
    }

    package func detail(_ path: Path, _ colour: Colour) { fill(path, colour, .detail) }

    /// A colour that shines by itself: flames, lit windows, the moon.
    package func shining(_ path: Path, _ colour: Colour) {
        canvas.fill(path, .flat(pack.tone(colour).quantised))
    }

    package func shining(_ path: Path, _ gradient: Gradient) {
        canvas.fill(path, .gradient(gradient))
    }

    package func glow(_ middle: Point, _ radius: Double, _ colour: Colour, _ strength: Double) {
        guard strength > 0.005, radius > 0 else { return }
        canvas.glow(middle, radius: radius, colour.alpha(min(1, strength)))
    }

    /// A stroke of one width.
    package func line(_ points: [Point], _ width: Double, _ colour: Colour) {
        guard points.count > 1 else { return }
        pack.line(points.map { Girth($0, width) }, colour, with: self)
    }

    /// A stroke that ends in a point.
    package func taperedLine(_ points: [Point], _ width: Double, _ colour: Colour) {
        guard points.count > 1 else { return }
        let last = Double(points.count - 1)
        let spine = points.enumerated().map { index, point in
            Girth(point, width * (1 - 0.85 * pow(Double(index) / last, 1.5)))
        }
        pack.line(spine, colour, with: self)
    }

    /// Draws with a light of its own, then goes back.
    package func lit(by other: Light, _ body: () -> Void) {
        let before = light
        light = other
        body()
        light = before
    }
}
