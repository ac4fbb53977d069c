// Raster · pixels · sees Contracts, Policies, Picture
import CCairo
import Picture

/// Sets words with Pango. The font map is its own: the library's default belongs to a thread and dies with it.
@safe
final class Typesetter {
    /// Freed with the typesetter.
    private let map: UnsafeMutablePointer<PangoFontMap>
    private let context: OpaquePointer
    /// Words that came out with boxes instead of letters.
    private(set) var unreadable: [String] = []

    init() throws(RasterFailure) {
        guard let made = unsafe pango_cairo_font_map_new() else {
            throw RasterFailure(.memory, at: "the fonts", "no font map")
        }
        guard let context = unsafe pango_font_map_create_context(made) else {
            unsafe ainer_object_unref(UnsafeMutableRawPointer(made))
            throw RasterFailure(.memory, at: "the fonts", "no font context")
        }
        unsafe map = made
        unsafe self.context = context
        let options = unsafe cairo_font_options_create()
        unsafe cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        unsafe pango_cairo_context_set_font_options(context, options)
        unsafe cairo_font_options_destroy(options)
        unsafe pango_context_set_round_glyph_positions(context, 0)
    }

    deinit {
        unsafe ainer_object_unref(UnsafeMutableRawPointer(context))
        unsafe ainer_object_unref(UnsafeMutableRawPointer(map))
    }

    /// Writes with the first line's top at `at`; returns the height of all lines.
    func write(_ words: Lettering, at: Point, on canvas: OpaquePointer) -> Double {
        guard let layout = unsafe pango_layout_new(context) else { return 0 }
        defer { unsafe ainer_object_unref(UnsafeMutableRawPointer(layout)) }
        unsafe pango_cairo_update_layout(canvas, layout)
        unsafe shape(layout, words)
        if unsafe pango_layout_get_unknown_glyphs_count(layout) > 0, !unreadable.contains(words.text) {
            unreadable.append(words.text)
        }
        var height: Int32 = 0
        unsafe pango_layout_get_pixel_size(layout, nil, &height)
        if let halo = words.halo {
            unsafe cairo_move_to(canvas, at.x, at.y)
            unsafe pango_cairo_layout_path(canvas, layout)
            unsafe cairo_set_source_rgba(canvas, halo.red, halo.green, halo.blue, halo.alpha)
            unsafe cairo_set_line_width(canvas, words.size * 0.14)
            unsafe cairo_set_line_join(canvas, CAIRO_LINE_JOIN_ROUND)
            unsafe cairo_stroke(canvas)
        }
        let ink = words.colour
        unsafe cairo_move_to(canvas, at.x, at.y)
        unsafe cairo_set_source_rgba(canvas, ink.red, ink.green, ink.blue, ink.alpha)
        unsafe pango_cairo_show_layout(canvas, layout)
        unsafe cairo_new_path(canvas)
        return Double(height)
    }

    private func shape(_ layout: OpaquePointer, _ words: Lettering) {
        let script = Script(of: words.text)
        let name = script.families + (words.weight == .bold ? " Bold" : "")
        let font = unsafe name.withCString { unsafe pango_font_description_from_string($0) }
        unsafe ainer_font_size(font, words.size)
        unsafe pango_layout_set_font_description(layout, font)
        unsafe pango_font_description_free(font)
        // A byte of zero would end the text early for the library.
        let text = words.text.filter { $0 != "\0" }
        unsafe text.withCString { unsafe pango_layout_set_text(layout, $0, Int32(text.utf8.count)) }
        unsafe ainer_layout_width(layout, words.width)
        unsafe pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        unsafe pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER)
        unsafe pango_layout_set_height(layout, Int32(-max(1, words.lines)))
        unsafe pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
    }
}

/// Which writing a text is in: the first family decides what quotes and dashes look like.
enum Script {
    case latin
    case chinese
    case japanese
    case korean

    init(of text: String) {
        var hasHan = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x3040...0x30FF:
                self = .japanese
                return
            case 0xAC00...0xD7AF:
                self = .korean
                return
            case 0x2E80...0x9FFF: hasHan = true
            default: break
            }
        }
        self = hasHan ? .chinese : .latin
    }

    var families: String {
        switch self {
        case .latin: "DejaVu Sans, Noto Sans CJK SC"
        case .chinese: "Noto Sans CJK SC, DejaVu Sans"
        case .japanese: "Noto Sans CJK JP, DejaVu Sans"
        case .korean: "Noto Sans CJK KR, DejaVu Sans"
        }
    }
}
