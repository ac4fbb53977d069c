// Raster · pixels · sees Contracts, Policies, Picture
import Picture

/// The frame in pixels, and where units land in it.
struct Screen {
    let width: Int
    let height: Int
    /// Pixels a unit at zoom 1.
    let scale: Double
    /// Where the lens is in the middle of the shot.
    let anchor: Double

    init(_ width: Int, _ height: Int, showing view: Box, anchor: Double) {
        self.anchor = anchor
        self.width = width
        self.height = height
        scale = Double(width) / view.width
    }

    /// What a view shows, in units.
    func box(of view: Lens.View) -> Box {
        let wide = Double(width) / scale / view.zoom
        let high = Double(height) / scale / view.zoom
        return Box(x: view.x - wide / 2, y: view.y - high / 2, width: wide, height: high)
    }

    /// From units to pixels under a view.
    func transform(_ view: Lens.View) -> Transform {
        let zoom = view.zoom * scale
        return Transform.moved(Double(width) / 2, Double(height) / 2)
            .after(.scaled(zoom, zoom)).after(.moved(-view.x, -view.y))
    }

    /// Lays a plate where the lens sees it: copied at whole pixels where nothing is enlarged.
    func lay(_ plate: Plate, on canvas: CairoCanvas, _ lens: Lens, time: Double, replacing: Bool, above row: Int?) {
        let view = lens.view(parallax: plate.parallax, anchor: anchor)
        let corner = transform(view).apply(Point(plate.at.x + plate.drift * time, plate.at.y))
        let growth = view.zoom * scale / plate.scale
        if abs(growth - 1) < 1e-4 {
            canvas.place(
                plate.sheet, x: Int(corner.x.rounded()), y: Int(corner.y.rounded()), replacing: replacing, above: row)
        } else {
            canvas.place(plate.sheet, at: corner, scale: growth, replacing: replacing, above: row)
        }
    }

    /// The row of pixels from which a plate covers everything behind it.
    func coveredRow(_ plate: Plate, _ lens: Lens) -> Int? {
        guard let row = plate.opaqueFrom, plate.drift == 0 else { return nil }
        let view = lens.view(parallax: plate.parallax, anchor: anchor)
        let sight = box(of: view)
        // It must reach from one edge of the frame to the other.
        guard plate.at.x <= sight.x + 1, plate.box.maxX >= sight.maxX - 1 else { return nil }
        let y = plate.at.y + Double(row + 2) / plate.scale
        let bottom = plate.box.maxY
        guard bottom >= sight.maxY - 1 else { return nil }
        return Int(transform(view).apply(Point(0, y)).y.rounded(.up))
    }
}
