// Raster · pixels · sees Contracts, Policies, Picture
import Picture

/// Draws the still layers of a shot once, no larger than the shot will show them, and joins those that move alike.
struct Bakery {
    let tableau: Tableau
    let kit: DrawingKit
    let screen: Screen

    init(_ tableau: Tableau, _ kit: DrawingKit, _ screen: Screen) {
        self.tableau = tableau
        self.kit = kit
        self.screen = screen
    }

    /// Everything a frame is made of, from the back to the front.
    func steps() throws(RasterFailure) -> [FrameStep] {
        var steps: [FrameStep] = []
        var run: [Plate] = []
        for layer in tableau.layers {
            if layer.still != nil, let plate = try bake(layer) {
                if let last = run.last, !movesAlike(last, plate) { try flush(&run, into: &steps) }
                run.append(plate)
            }
            if layer.live != nil {
                try flush(&run, into: &steps)
                steps.append(.live(layer))
            }
            if let performer = layer.performer {
                try flush(&run, into: &steps)
                steps.append(.person(performer))
            }
        }
        try flush(&run, into: &steps)
        return steps
    }

    private func movesAlike(_ first: Plate, _ second: Plate) -> Bool {
        guard first.drift == 0, second.drift == 0 else { return false }
        return tableau.isCameraStill || first.parallax == second.parallax
    }

    private func flush(_ run: inout [Plate], into steps: inout [FrameStep]) throws(RasterFailure) {
        defer { run.removeAll() }
        guard let first = run.first else { return }
        if first.drift == 0, tableau.isCameraStill {
            steps.append(.backdrop(try composed(run)))
        } else if run.count == 1 {
            steps.append(.plate(first))
        } else {
            steps.append(.plate(try joined(run)))
        }
    }

    /// Plates under a lens that never moves become one picture of the frame's size.
    private func composed(_ plates: [Plate]) throws(RasterFailure) -> Sheet {
        let sheet = try Sheet(screen.width, screen.height, for: "a backdrop")
        let canvas = try CairoCanvas(sheet, kit, baking: true)
        let lens = tableau.lens(at: 0)
        for plate in plates { screen.lay(plate, on: canvas, lens, time: 0, replacing: false, above: nil) }
        try canvas.check("a backdrop")
        return sheet
    }

    /// Plates of one parallax become one.
    private func joined(_ plates: [Plate]) throws(RasterFailure) -> Plate {
        let scale = plates.map(\.scale).max() ?? 1
        var box = plates[0].box
        for plate in plates.dropFirst() { box = box.union(plate.box) }
        let sheet = try Sheet(Int(box.width * scale) + 1, Int(box.height * scale) + 1, for: "joined layers")
        let canvas = try CairoCanvas(sheet, kit, baking: true)
        for plate in plates {
            let corner = Point((plate.at.x - box.x) * scale, (plate.at.y - box.y) * scale)
            canvas.place(plate.sheet, at: corner, scale: scale / plate.scale)
        }
        try canvas.check("joined layers")
        var made = Plate(
            sheet: sheet, at: Point(box.x, box.y), scale: scale, parallax: plates[0].parallax, opaqueFrom: nil)
        try trim(&made)
        return made
    }

    // MARK: one layer

    private func bake(_ layer: Layer) throws(RasterFailure) -> Plate? {
        let (seen, zoom) = sight(of: layer)
        let drop = layer.parallax < 1 ? tableau.horizonDrop : 0
        var whole = layer.box
        whole.y += drop
        let box = seen.intersection(whole)
        guard box.width > 1, box.height > 1, let draw = layer.still else { return nil }
        let blur = softness(of: layer, zoom)
        // What is blurred needs half of the pixels each way.
        let scale = zoom * screen.scale * (blur > 6 ? 0.5 : 1)
        let width = Int((box.width * scale).rounded(.up)) + 1
        let height = Int((box.height * scale).rounded(.up)) + 1
        let sheet = try Sheet(width, height, for: "layer \(layer.name)")
        let canvas = try CairoCanvas(sheet, kit, baking: true)
        let light = layer.isIndoors ? tableau.light.indoors : tableau.light
        let painter = Painter(canvas, pack: tableau.pack, light: light, depth: layer.depth, scale: scale)
        let place = Transform.scaled(scale, scale).after(.moved(-box.x, drop - box.y))
        canvas.through(place) { draw(painter) }
        try canvas.check("layer \(layer.name)")
        let radius = Int(blur * scale / zoom)
        if radius >= 1 { try sheet.blur(radius) }
        var plate = Plate(
            sheet: sheet, at: Point(box.x, box.y), scale: scale, parallax: layer.parallax, opaqueFrom: nil,
            drift: layer.drift)
        try trim(&plate)
        return plate
    }

    /// Everything the layer will show in this shot, and its largest zoom.
    private func sight(of layer: Layer) -> (Box, Double) {
        var seen: Box?
        var zoom = 0.0
        let samples = tableau.isCameraStill ? 0 : 24
        for sample in 0...samples {
            let time = tableau.seconds * Double(sample) / Double(max(1, samples))
            let view = tableau.lens(at: time).view(parallax: layer.parallax, anchor: screen.anchor)
            let box = screen.box(of: view).grown(3)
            seen = seen.map { $0.union(box) } ?? box
            zoom = max(zoom, view.zoom)
        }
        guard var seen else { return (Box(x: 0, y: 0, width: 0, height: 0), 1) }
        let way = layer.drift * tableau.seconds
        seen.x -= max(0, way)
        seen.width += abs(way)
        return (seen, zoom)
    }

    /// Depth of field, in units: far layers soften when the lens is long, and so does what is close before it.
    private func softness(of layer: Layer, _ zoom: Double) -> Double {
        if layer.parallax > 1.3 { return 4 }
        let lens = max(tableau.camera.from.zoom, tableau.camera.to.zoom)
        guard lens > 1.5, layer.parallax < 0.99 else { return 0 }
        return min(9, (lens - 1.2) * 3.0 * (1 - layer.parallax * 0.7)) / zoom * 1.4
    }

    /// Cuts empty rows and columns away.
    private func trim(_ plate: inout Plate) throws(RasterFailure) {
        let extent = plate.sheet.measured()
        let full = plate.sheet.height
        let left = extent.left
        let top = extent.top
        let width = extent.right - left + 1
        let height = extent.bottom - top + 1
        plate.opaqueFrom = extent.opaqueFrom < full ? max(0, extent.opaqueFrom - top) : nil
        guard width > 0, height > 0 else { return }
        guard width < plate.sheet.width || height < full else { return }
        let cut = try Sheet(width, height, for: "a trimmed layer")
        try CairoCanvas(cut, kit, baking: true).place(plate.sheet, x: -left, y: -top, replacing: true)
        plate.sheet = cut
        plate.at = Point(plate.at.x + Double(left) / plate.scale, plate.at.y + Double(top) / plate.scale)
    }
}
