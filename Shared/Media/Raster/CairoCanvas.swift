// Raster · pixels · sees Contracts, Policies, Picture
import CCairo
import Picture

/// A canvas that makes pixels on a sheet.
@safe
final class CairoCanvas: Canvas {
    let sheet: Sheet
    private let kit: DrawingKit
    /// Freed with the canvas, before the sheet it draws on.
    private let context: OpaquePointer
    /// Drawings that are made once may use what is too slow for every frame.
    private let isBaking: Bool

    init(_ sheet: Sheet, _ kit: DrawingKit, baking: Bool) throws(RasterFailure) {
        self.sheet = sheet
        self.kit = kit
        isBaking = baking
        guard let made = unsafe sheet.withSurface({ unsafe cairo_create($0) }) else {
            throw RasterFailure(.memory, at: "a canvas", "no drawing context")
        }
        unsafe context = made
        unsafe cairo_set_tolerance(context, baking ? 0.1 : 0.2)
        if !baking { unsafe cairo_set_antialias(context, CAIRO_ANTIALIAS_FAST) }
    }

    deinit { unsafe cairo_destroy(context) }

    /// A context in error draws nothing at all, and says so only here.
    func check(_ place: @autoclosure () -> String) throws(RasterFailure) {
        let status = unsafe cairo_status(context)
        guard status == CAIRO_STATUS_SUCCESS else {
            throw RasterFailure(.drawing, at: place(), Sheet.words(of: status))
        }
    }

    // MARK: the canvas

    func fill(_ path: Path, _ paint: Paint) {
        switch paint {
        case .flat(let colour):
            choose(colour)
            trace(path)
            unsafe cairo_fill(context)
        case .gradient(let gradient):
            guard let pattern = unsafe pattern(gradient) else { return }
            // The context keeps its own reference.
            unsafe cairo_set_source(context, pattern)
            unsafe cairo_pattern_destroy(pattern)
            trace(path)
            unsafe cairo_fill(context)
        }
    }

    func fillCrescent(of path: Path, slid slide: Point, _ colour: Colour) {
        let around = path.box.grown(4)
        unsafe cairo_save(context)
        trace(path)
        unsafe cairo_clip(context)
        unsafe cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
        choose(colour)
        unsafe cairo_new_path(context)
        unsafe cairo_rectangle(context, around.x, around.y, around.width, around.height)
        extend(path.moved(slide))
        unsafe cairo_fill(context)
        unsafe cairo_restore(context)
    }

    func fill(_ path: Path, _ colour: Colour, inside mask: Path) {
        unsafe cairo_save(context)
        trace(mask)
        unsafe cairo_clip(context)
        choose(colour)
        trace(path)
        unsafe cairo_fill(context)
        unsafe cairo_restore(context)
    }

    func glow(_ middle: Point, radius: Double, _ colour: Colour) {
        if isBaking { bakeGlow(middle, radius, colour) } else { placeGlow(middle, radius, colour) }
    }

    @discardableResult
    func write(_ words: Lettering, at: Point) -> Double {
        unsafe kit.typesetter.write(words, at: at, on: context)
    }

    func through(_ transform: Transform, _ body: () -> Void) {
        unsafe cairo_save(context)
        var matrix = cairo_matrix_t(
            xx: transform.xx, yx: transform.yx, xy: transform.xy, yy: transform.yy, x0: transform.dx, y0: transform.dy)
        unsafe cairo_transform(context, &matrix)
        body()
        unsafe cairo_restore(context)
    }

    // MARK: pictures

    /// Lays a sheet down at whole pixels: a plain copy.
    func place(_ other: Sheet, x: Int, y: Int, alpha: Double = 1, replacing: Bool = false, above row: Int? = nil) {
        unsafe cairo_save(context)
        if let row {
            unsafe cairo_rectangle(context, 0, 0, Double(sheet.width), Double(row))
            unsafe cairo_clip(context)
        }
        unsafe other.withSurface { unsafe cairo_set_source_surface(context, $0, Double(x), Double(y)) }
        unsafe cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
        if replacing { unsafe cairo_set_operator(context, CAIRO_OPERATOR_SOURCE) }
        if alpha < 1 { unsafe cairo_paint_with_alpha(context, alpha) } else { unsafe cairo_paint(context) }
        unsafe cairo_restore(context)
    }

    /// Lays a sheet down larger or smaller.
    func place(_ other: Sheet, at: Point, scale: Double, replacing: Bool = false, above row: Int? = nil) {
        unsafe cairo_save(context)
        if let row {
            unsafe cairo_rectangle(context, 0, 0, Double(sheet.width), Double(row))
            unsafe cairo_clip(context)
        }
        unsafe cairo_translate(context, at.x, at.y)
        unsafe cairo_scale(context, scale, scale)
        unsafe other.withSurface { unsafe cairo_set_source_surface(context, $0, 0, 0) }
        unsafe cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_BILINEAR)
        if replacing {
            // Only the plate at the bottom may repeat its edge: any other would smear over what is behind.
            unsafe cairo_pattern_set_extend(cairo_get_source(context), CAIRO_EXTEND_PAD)
            unsafe cairo_set_operator(context, CAIRO_OPERATOR_SOURCE)
        }
        unsafe cairo_paint(context)
        unsafe cairo_restore(context)
    }

    /// Draws only above a row of pixels, where nearer plates do not hide it.
    func above(_ row: Int?, _ body: () -> Void) {
        guard let row else { return body() }
        unsafe cairo_save(context)
        unsafe cairo_rectangle(context, 0, 0, Double(sheet.width), Double(row))
        unsafe cairo_clip(context)
        body()
        unsafe cairo_restore(context)
    }

    // MARK: details

    private func choose(_ colour: Colour) {
        unsafe cairo_set_source_rgba(context, colour.red, colour.green, colour.blue, colour.alpha)
    }

    private func trace(_ path: Path) {
        unsafe cairo_new_path(context)
        extend(path)
    }

    private func extend(_ path: Path) {
        for step in path.steps {
            switch step {
            case .move(let to): unsafe cairo_move_to(context, to.x, to.y)
            case .line(let to): unsafe cairo_line_to(context, to.x, to.y)
            case .curve(let first, let second, let to):
                unsafe cairo_curve_to(context, first.x, first.y, second.x, second.y, to.x, to.y)
            case .close: unsafe cairo_close_path(context)
            }
        }
    }

    private func pattern(_ gradient: Gradient) -> OpaquePointer? {
        let pattern = unsafe cairo_pattern_create_linear(
            gradient.from.x, gradient.from.y, gradient.to.x, gradient.to.y)
        for stop in gradient.stops {
            let colour = stop.colour
            unsafe cairo_pattern_add_color_stop_rgba(
                pattern, stop.at, colour.red, colour.green, colour.blue, colour.alpha)
        }
        return unsafe pattern
    }

    private func bakeGlow(_ middle: Point, _ radius: Double, _ colour: Colour) {
        let pattern = unsafe cairo_pattern_create_radial(middle.x, middle.y, 0, middle.x, middle.y, radius)
        for (at, share) in GlowShelf.falloff {
            unsafe cairo_pattern_add_color_stop_rgba(
                pattern, at, colour.red, colour.green, colour.blue, colour.alpha * share)
        }
        unsafe cairo_set_source(context, pattern)
        unsafe cairo_pattern_destroy(pattern)
        trace(.circle(middle, radius))
        unsafe cairo_fill(context)
    }

    private func placeGlow(_ middle: Point, _ radius: Double, _ colour: Colour) {
        var x = middle.x
        var y = middle.y
        unsafe cairo_user_to_device(context, &x, &y)
        var across = radius
        var down = 0.0
        unsafe cairo_user_to_device_distance(context, &across, &down)
        let reach = (across * across + down * down).squareRoot()
        let isInside = x > -reach && x < Double(sheet.width) + reach && y > -reach && y < Double(sheet.height) + reach
        guard isInside, reach < 20_000, let glow = kit.glows.glow(radius: reach, colour) else { return }
        unsafe cairo_save(context)
        unsafe cairo_identity_matrix(context)
        let half = Double(glow.width) / 2
        if reach > Double(GlowShelf.largest) {
            unsafe cairo_translate(context, x - reach, y - reach)
            unsafe cairo_scale(context, reach / half, reach / half)
            unsafe glow.withSurface { unsafe cairo_set_source_surface(context, $0, 0, 0) }
            unsafe cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_BILINEAR)
        } else {
            unsafe glow.withSurface {
                unsafe cairo_set_source_surface(context, $0, (x - half).rounded(), (y - half).rounded())
            }
            unsafe cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
        }
        unsafe cairo_paint_with_alpha(context, colour.alpha)
        unsafe cairo_restore(context)
    }
}
