// Raster · pixels · sees Contracts, Policies, Picture
package import Contracts
package import Picture

/// Draws the frames of one shot. Any frame may be drawn alone: it has the same bytes as in the sequence.
///
/// It lives on one thread. Plates and people are kept between frames; the shot's memory goes with the renderer.
package final class ShotRenderer {
    package let frames: Int
    package let fps: Int
    package let width: Int
    package let height: Int
    package let tableau: Tableau

    private let kit: DrawingKit
    private let screen: Screen
    private let sheet: Sheet
    private let steps: [FrameStep]
    private let sprites: SpriteShelf
    private let titles: TitleShelf
    /// What the sheet shows now.
    private var shown: FrameKey?

    /// Sizes are even. The first call in a process loads the fonts, which takes some tens of milliseconds.
    package init(_ dsl: ShotDSL, profiles: [Profile], width: Int, height: Int) throws(RasterFailure) {
        let isEven = width.isMultiple(of: 2) && height.isMultiple(of: 2)
        guard isEven, (16...8192).contains(width), (16...8192).contains(height) else {
            throw RasterFailure(.size, at: "\(dsl.shotID)", "\(width) × \(height)")
        }
        self.width = width
        self.height = height
        let aspect = Double(width) / Double(height)
        do {
            tableau = try Tableau(dsl, profiles: profiles, aspect: aspect)
        } catch {
            throw RasterFailure(error, in: dsl.shotID)
        }
        frames = tableau.frames
        fps = tableau.fps
        screen = Screen(width, height, showing: tableau.view, anchor: tableau.anchor)
        kit = try DrawingKit()
        sheet = try Sheet(width, height, for: "\(dsl.shotID)")
        steps = try Bakery(tableau, kit, screen).steps()
        sprites = SpriteShelf(tableau, kit, screen)
        titles = TitleShelf(tableau, kit, screen)
    }

    /// Words that came out differently than asked.
    package var degradations: [Degradation] {
        tableau.degradations
            + kit.typesetter.unreadable.map { text in
                Degradation(
                    path: "$.text", word: String(text.prefix(80)), used: "boxes", rule: .noGlyphs, severity: .warn)
            }
    }

    /// Draws a frame into planar 4:2:0, BT.709 limited: width · height · 3/2 bytes.
    package func draw(frame: Int, into i420: UnsafeMutableRawBufferPointer) throws(RasterFailure) {
        guard i420.count >= width * height * 3 / 2, let base = i420.baseAddress else {
            throw RasterFailure(.size, at: "frame \(frame)", "a buffer for another size")
        }
        try show(frame)
        try unsafe sheet.write(i420: base)
    }

    /// Writes a frame as a PNG file.
    package func png(frame: Int, to path: String) throws(RasterFailure) {
        try show(frame)
        try sheet.writePNG(to: path)
    }

    // MARK: one frame

    private func show(_ frame: Int) throws(RasterFailure) {
        guard (0..<frames).contains(frame) else {
            throw RasterFailure(.drawing, at: "frame \(frame)", "the shot has \(frames)")
        }
        let key = FrameKey(tableau, frame, sprites, hasLive: hasLive)
        // Held drawings under a still camera: the picture is already there.
        if key == shown { return }
        shown = nil
        let canvas = try CairoCanvas(sheet, kit, baking: false)
        try draw(key, frame, on: canvas)
        try canvas.check("\(tableau.dsl.shotID) frame \(frame)")
        shown = key
    }

    private var frameBox: Box { Box(x: 0, y: 0, width: Double(width), height: Double(height)) }

    /// Whether the first step paints every pixel; else the frame before would show through.
    private var startsCovered: Bool {
        switch steps.first {
        case .backdrop, .plate: true
        case .live, .person, nil: false
        }
    }

    private var hasLive: Bool {
        steps.contains { step in
            switch step {
            case .live: true
            case .plate(let plate): plate.drift != 0
            case .backdrop, .person: false
            }
        }
    }

    private func draw(_ key: FrameKey, _ frame: Int, on canvas: CairoCanvas) throws(RasterFailure) {
        let time = tableau.time(of: frame)
        let lens = tableau.lens(at: time)
        let covers = coveredRows(lens)
        let painter = Painter(canvas, pack: tableau.pack, light: tableau.light)
        if !startsCovered { canvas.fill(.rectangle(frameBox), .flat(tableau.light.skyHorizon)) }
        for (index, step) in steps.enumerated() {
            let isFirst = index == 0
            switch step {
            case .backdrop(let backdrop):
                canvas.place(backdrop, x: 0, y: 0, replacing: isFirst, above: covers[index])
            case .plate(let plate):
                screen.lay(plate, on: canvas, lens, time: key.liveTime, replacing: isFirst, above: covers[index])
            case .live(let layer):
                canvas.above(covers[index]) { draw(layer, key.liveTime, lens, canvas, painter) }
            case .person(let person):
                try place(person, frame, lens, canvas, painter)
            }
        }
        drawWeather(time, canvas, painter)
        try titles.draw(at: time, on: canvas)
    }

    /// For every step the row from which something nearer hides it.
    private func coveredRows(_ lens: Lens) -> [Int?] {
        var rows: [Int?] = Array(repeating: nil, count: steps.count)
        var lowest: Int?
        for index in steps.indices.reversed() {
            rows[index] = lowest.flatMap { $0 < height ? max(0, $0) : nil }
            guard case .plate(let plate) = steps[index], plate.parallax <= 1,
                let row = screen.coveredRow(plate, lens)
            else { continue }
            lowest = min(lowest ?? row, row)
        }
        return rows
    }

    private func draw(_ layer: Layer, _ time: Double, _ lens: Lens, _ canvas: CairoCanvas, _ painter: Painter) {
        guard let live = layer.live else { return }
        let view = lens.view(parallax: layer.parallax, anchor: screen.anchor)
        painter.light = layer.isIndoors ? tableau.light.indoors : tableau.light
        painter.depth = layer.depth
        painter.scale = view.zoom * screen.scale
        let drop = layer.parallax < 1 ? tableau.horizonDrop : 0
        canvas.through(screen.transform(view).after(.moved(0, drop))) { live(painter, time) }
    }

    private func place(
        _ person: Int, _ frame: Int, _ lens: Lens, _ canvas: CairoCanvas, _ painter: Painter
    ) throws(RasterFailure) {
        let key = sprites.key(person, frame: frame)
        let time = tableau.time(of: frame)
        let view = lens.view(parallax: 1)
        let performer = tableau.performers[person]
        let foot = Point(performer.x(at: time), performer.y)
        painter.depth = 0
        painter.light = tableau.actionLight
        canvas.through(screen.transform(view)) {
            tableau.drawShadow(of: person, at: tableau.time(of: key.frame), foot: foot, with: painter)
            tableau.drawHeldGlow(of: person, at: tableau.time(of: key.frame), foot: foot, with: painter)
        }
        guard let sprite = try sprites.sprite(key) else { return }
        let at = screen.transform(view).apply(foot)
        canvas.place(
            sprite.sheet, x: Int(at.x.rounded()) - sprite.foot.x, y: Int(at.y.rounded()) - sprite.foot.y)
    }

    private func drawWeather(_ time: Double, _ canvas: CairoCanvas, _ painter: Painter) {
        guard tableau.hasFalling else { return }
        painter.light = tableau.light
        painter.depth = 0
        painter.scale = screen.scale
        let centre = Transform.moved(Double(width) / 2, Double(height) / 2)
        let place = centre.after(.scaled(screen.scale, screen.scale)).after(.moved(-640, -360))
        canvas.through(place) { tableau.drawFalling(at: time, with: painter) }
    }
}

/// Everything a frame's picture depends on. Equal keys are equal pictures.
struct FrameKey: Hashable {
    let lens: Lens
    /// Water, grass and flames move on twos.
    let liveTime: Double
    let live: Double?
    let sprites: [SpriteShelf.Key]
    let places: [Double]
    let falling: Double?
    let title: Double?

    init(_ tableau: Tableau, _ frame: Int, _ shelf: SpriteShelf, hasLive: Bool) {
        let time = tableau.time(of: frame)
        lens = tableau.lens(at: time)
        let step = max(1, tableau.pack.actingStep)
        liveTime = tableau.time(of: frame - frame % step)
        live = hasLive ? liveTime : nil
        sprites = tableau.performers.indices.map { shelf.key($0, frame: frame) }
        places = tableau.performers.map { $0.x(at: time) }
        falling = tableau.hasFalling ? time : nil
        title = tableau.hasWords ? tableau.wordsAlpha(at: time) : nil
    }
}
