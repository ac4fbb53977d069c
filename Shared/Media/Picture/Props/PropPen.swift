// Picture · pure · sees Contracts, Policies

/// A pen for one thing: it knows where the thing stands and how big it is.
struct PropPen {
    let painter: Painter
    let at: Point
    let unit: Double
    let time: Double
    let seed: UInt64

    init(_ painter: Painter, at: Point, unit: Double, time: Double, seed: UInt64) {
        self.painter = painter
        self.at = at
        self.unit = unit
        self.time = time
        self.seed = seed
    }

    func drawHeld(_ kind: PropKind) {
    }

    func drawStill(_ prop: StagedProp) {
        painter.fill(.rectangle(at.x - 34 * unit, at.y - 56 * unit, 68 * unit, 56 * unit), Colour(0xa8865c))
    }
}
