// Raster · pixels · sees Contracts, Policies, Picture
import Picture

/// Many stills on one page, each with its words.
package enum ContactSheet {
    package static func write(
        pngs: [(path: String, caption: String)], columns: Int, cellWidth: Int, to path: String
    ) throws(RasterFailure) {
        guard let first = pngs.first else { throw RasterFailure(.file, at: path, "no pictures for the sheet") }
        guard (1...64).contains(columns), (16...4096).contains(cellWidth) else {
            throw RasterFailure(.size, at: path, "\(columns) columns of \(cellWidth) pixels")
        }
        let sample = try Sheet(png: first.path)
        let cellHeight = max(1, cellWidth * sample.height / sample.width)
        let gap = 10
        let words = 26
        let rows = (pngs.count + columns - 1) / columns
        let page = try Sheet(
            columns * (cellWidth + gap) + gap, rows * (cellHeight + gap + words) + gap, for: "a contact sheet")
        let canvas = try CairoCanvas(page, try DrawingKit(), baking: true)
        let paper = Box(x: 0, y: 0, width: Double(page.width), height: Double(page.height))
        canvas.fill(.rectangle(paper), .flat(Colour(0x1b1c22)))
        for (index, png) in pngs.enumerated() {
            let picture = try Sheet(png: png.path)
            let x = Double(gap + index % columns * (cellWidth + gap))
            let y = Double(gap + index / columns * (cellHeight + gap + words))
            canvas.place(picture, at: Point(x, y), scale: Double(cellWidth) / Double(picture.width))
            let caption = Lettering(
                png.caption, size: 15, width: Double(cellWidth), colour: Colour(0xe9e6dd), lines: 1)
            canvas.write(caption, at: Point(x, y + Double(cellHeight) + 4))
        }
        try canvas.check(path)
        try page.writePNG(to: path)
    }
}
