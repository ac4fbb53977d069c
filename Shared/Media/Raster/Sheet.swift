// Raster · pixels · sees Contracts, Policies, Picture
import CCairo
import CPixels

/// A picture in memory, premultiplied BGRA. It belongs to one thread at a time.
@safe
final class Sheet {
    let width: Int
    let height: Int
    /// Freed with the sheet.
    private let surface: OpaquePointer

    /// Empty, or a failure named after what wanted it.
    init(_ width: Int, _ height: Int, for place: String) throws(RasterFailure) {
        guard (1...32_000).contains(width), (1...32_000).contains(height) else {
            throw RasterFailure(.size, at: place, "\(width) × \(height) pixels")
        }
        self.width = width
        self.height = height
        // Never null: a surface in error is given instead, and its status says why.
        guard let made = unsafe cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height)) else {
            throw RasterFailure(.memory, at: place, "\(width) × \(height) pixels")
        }
        unsafe surface = made
        let status = unsafe cairo_surface_status(surface)
        guard status == CAIRO_STATUS_SUCCESS else {
            unsafe cairo_surface_destroy(surface)
            throw RasterFailure(.memory, at: place, "\(width) × \(height) pixels: \(Sheet.words(of: status))")
        }
    }

    /// Reads a PNG file.
    init(png path: String) throws(RasterFailure) {
        let made = unsafe path.withCString { unsafe cairo_image_surface_create_from_png($0) }
        guard let made = unsafe made else { throw RasterFailure(.file, at: path, "not read") }
        let status = unsafe cairo_surface_status(made)
        guard status == CAIRO_STATUS_SUCCESS else {
            unsafe cairo_surface_destroy(made)
            throw RasterFailure(.file, at: path, Sheet.words(of: status))
        }
        unsafe surface = made
        width = Int(unsafe cairo_image_surface_get_width(surface))
        height = Int(unsafe cairo_image_surface_get_height(surface))
    }

    deinit { unsafe cairo_surface_destroy(surface) }

    var stride: Int { Int(unsafe cairo_image_surface_get_stride(surface)) }

    /// Lends the surface to a call that does not keep it.
    func withSurface<Result>(_ body: (OpaquePointer) -> Result) -> Result { unsafe body(surface) }

    /// Lends the bytes. Cairo is told before and after, since it may hold work back.
    func withPixels<Result>(_ body: (UnsafeMutablePointer<UInt8>) -> Result) -> Result? {
        unsafe cairo_surface_flush(surface)
        guard let data = unsafe cairo_image_surface_get_data(surface) else { return nil }
        defer { unsafe cairo_surface_mark_dirty(surface) }
        return unsafe body(data)
    }

    func clear() {
        let bytes = stride * height
        _ = unsafe withPixels { unsafe $0.update(repeating: 0, count: bytes) }
    }

    func blur(_ radius: Int) throws(RasterFailure) {
        let done = unsafe withPixels { pixels in
            unsafe pixels_blur(pixels, Int32(stride), Int32(width), Int32(height), Int32(radius))
        }
        if done != 0 { throw RasterFailure(.memory, at: "a soft layer", "no room to blur \(width) × \(height)") }
    }

    /// Where anything is on it.
    struct Extent {
        var left: Int
        var top: Int
        var right: Int
        var bottom: Int
        /// The row from which everything is covered; the height when none is.
        var opaqueFrom: Int
    }

    func measured() -> Extent {
        let found = unsafe withPixels { pixels in
            unsafe pixels_measure(pixels, Int32(stride), Int32(width), Int32(height))
        }
        guard let found else { return Extent(left: 0, top: 0, right: -1, bottom: -1, opaqueFrom: height) }
        return Extent(
            left: Int(found.left), top: Int(found.top), right: Int(found.right), bottom: Int(found.bottom),
            opaqueFrom: Int(found.opaque_from))
    }

    /// Converts to planar 4:2:0 of width · height · 3/2 bytes.
    func write(i420 base: UnsafeMutableRawPointer) throws(RasterFailure) {
        let luma = unsafe base.assumingMemoryBound(to: UInt8.self)
        let blue = unsafe luma + width * height
        let red = unsafe blue + width * height / 4
        let done = unsafe withPixels { pixels in
            unsafe pixels_to_i420(pixels, Int32(stride), Int32(width), Int32(height), luma, blue, red)
        }
        guard done == 0 else { throw RasterFailure(.memory, at: "a frame", "no room to convert it") }
    }

    func writePNG(to path: String) throws(RasterFailure) {
        let status = unsafe path.withCString { unsafe cairo_surface_write_to_png(surface, $0) }
        guard status == CAIRO_STATUS_SUCCESS else { throw RasterFailure(.file, at: path, Sheet.words(of: status)) }
    }

    static func words(of status: cairo_status_t) -> String {
        guard let text = unsafe cairo_status_to_string(status) else { return "unknown trouble" }
        return unsafe String(cString: text)
    }
}
