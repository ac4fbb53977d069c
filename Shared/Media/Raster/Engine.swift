// Raster · pixels · sees Contracts, Policies, Picture
import CCairo
import Picture

/// What draws: its name, its version and the libraries under it, for the lineage of every picture.
package enum Engine {
    package static let name = "animatic"
    /// Grows whenever the same shot comes out with other pixels.
    package static let version = "1.0.0"

    package static var lineage: [String: String] {
        [
            "engine": name,
            "engine_version": version,
            "cairo": unsafe String(cString: cairo_version_string()),
            "pango": unsafe String(cString: ainer_pango_version()),
        ]
    }
}
