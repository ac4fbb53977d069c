// Raster · pixels · sees Contracts, Policies, Picture
import Picture

/// A still layer, drawn once: a piece of the scene and how many pixels a unit it was drawn with.
struct Plate {
    var sheet: Sheet
    /// Of its left top corner, in units.
    var at: Point
    var scale: Double
    var parallax: Double
    /// The row of pixels below which it covers everything, when there is one.
    var opaqueFrom: Int?
    var drift = 0.0

    var box: Box {
        Box(x: at.x, y: at.y, width: Double(sheet.width) / scale, height: Double(sheet.height) / scale)
    }
}

/// One step of drawing a frame.
enum FrameStep {
    /// The size of the frame, laid down as it is.
    case backdrop(Sheet)
    case plate(Plate)
    case live(Layer)
    case person(Int)
}
