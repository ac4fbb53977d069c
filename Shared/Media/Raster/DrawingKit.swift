// Raster · pixels · sees Contracts, Policies, Picture
import CCairo
import Foundation
import Picture

/// What all canvases of one renderer share: letters and glows. One thread's.
final class DrawingKit {
    let typesetter: Typesetter
    let glows = GlowShelf()

    init() throws(RasterFailure) { typesetter = try Typesetter() }
}

/// Pictures of light, one for each size and colour: a radial gradient costs ten times a copy, for every frame.
@safe
final class GlowShelf {
    private struct Key: Hashable {
        var radius: Int
        var colour: UInt32
    }

    private var glows: [Key: Sheet] = [:]

    /// How a glow fades: the place and what is left of its strength.
    static let falloff: [(Double, Double)] = (0...8).map { step in
        let at = Double(step) / 8
        return (at, pow(1 - at, 2.2))
    }

    /// The largest picture; larger glows are this one drawn bigger, which nobody sees in so soft a thing.
    static let largest = 320

    /// Radius and colour are rounded to what makes a difference, so that flicker does not fill the shelf.
    func glow(radius: Double, _ colour: Colour) -> Sheet? {
        let size = min(GlowShelf.largest, max(4, Int(radius / 8 + 0.5) * 8))
        func part(_ channel: Double) -> UInt32 { UInt32(clamp(channel) * 31) }
        let key = Key(radius: size, colour: part(colour.red) << 10 | part(colour.green) << 5 | part(colour.blue))
        if let known = glows[key] { return known }
        if glows.count >= 96 { glows.removeAll() }
        let made = try? Sheet(2 * size, 2 * size, for: "a glow")  // a missing glow is no failure
        guard let sheet = made else { return nil }
        paint(sheet, Double(size), key.colour)
        glows[key] = sheet
        return sheet
    }

    private func paint(_ sheet: Sheet, _ radius: Double, _ code: UInt32) {
        let red = Double(code >> 10 & 31) / 31
        let green = Double(code >> 5 & 31) / 31
        let blue = Double(code & 31) / 31
        unsafe sheet.withSurface { surface in
            let context = unsafe cairo_create(surface)
            let pattern = unsafe cairo_pattern_create_radial(radius, radius, 0, radius, radius, radius)
            for (at, share) in GlowShelf.falloff {
                unsafe cairo_pattern_add_color_stop_rgba(pattern, at, red, green, blue, share)
            }
            unsafe cairo_set_source(context, pattern)
            unsafe cairo_paint(context)
            unsafe cairo_pattern_destroy(pattern)
            unsafe cairo_destroy(context)
        }
    }
}
