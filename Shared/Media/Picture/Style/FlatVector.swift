// Picture · pure · sees Contracts, Policies

/// Clean shapes in full colour, a cel shadow on people, land that melts into the haze.
struct FlatVector: StylePack {
    let id = "flat_vector"
    let version = 1
    let actingStep = 2

    func tone(_ colour: Colour) -> Colour { colour.chroma(1.06) }

    func fill(_ fill: Fill, with painter: Painter) {
        let colour = painter.tone(fill.colour)
        switch fill.substance {
        case .detail: painter.canvas.fill(fill.path, .flat(colour))
        case .figure: figure(fill.path, colour, painter)
        case .wash: graded(fill, colour, lift: 0, drop: 0, painter)
        case .mass: graded(fill, colour, lift: 0.025, drop: 0.02, painter)
        case .solid: graded(fill, colour, lift: 0.022, drop: 0.03, painter)
        }
    }

    func line(_ spine: [Girth], _ colour: Colour, with painter: Painter) {
        painter.canvas.fill(Path.ribbon(spine), .flat(painter.tone(colour)))
    }

    private func graded(_ fill: Fill, _ colour: Colour, lift: Double, drop: Double, _ painter: Painter) {
        let box = fill.path.box
        let top = fill.top.map(painter.tone) ?? colour.lifted(lift)
        let haze = painter.light.haze.alpha(colour.alpha)
        let foot = fill.fade > 0 ? colour.mixed(haze, fill.fade) : colour.lifted(-drop)
        // Always straight down: a slanted gradient costs twenty times as much.
        let gradient = Gradient.down(box.y, box.maxY, [(0, top), (1, foot)])
        painter.canvas.fill(fill.path, .gradient(gradient))
    }

    /// Shapes too small to have a dark side are one colour.
    private func figure(_ path: Path, _ colour: Colour, _ painter: Painter) {
        let box = path.box
        painter.canvas.fill(path, .flat(colour))
        guard max(box.width, box.height) * painter.scale >= 22 else { return }
        let thickness = min(box.width, box.height)
        let slide = Point(painter.lightSide * thickness * 0.17, -thickness * 0.06)
        let shadow = colour.mixed(Colour(0x3a1f4a), 0.18).alpha(colour.alpha)
        painter.canvas.fillCrescent(of: path, slid: slide, shadow)
    }
}
