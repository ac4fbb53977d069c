// Picture · pure · sees Contracts, Policies
package import Contracts

/// Where a drawing lands: pixels in the engine, a list of shapes in a test.
package protocol Canvas: AnyObject {
    /// Fills a shape.
    func fill(_ path: Path, _ paint: Paint)
    /// Fills what a shape leaves uncovered when a copy of it slides by `slide`: its side away from the light.
    func fillCrescent(of path: Path, slid slide: Point, _ colour: Colour)
    /// Fills a shape where it lies inside another.
    func fill(_ path: Path, _ colour: Colour, inside mask: Path)
    /// Light that fades to nothing at `radius`.
    func glow(_ middle: Point, radius: Double, _ colour: Colour)
    /// Writes words with their first line's top at `at`; returns how high they came out.
    @discardableResult func write(_ words: Lettering, at: Point) -> Double
    /// Draws `body` through a transform.
    func through(_ transform: Transform, _ body: () -> Void)
    /// Says that `body` draws a named part. Canvases that only make pixels just draw it.
    func part(_ part: Part, _ body: () -> Void)
}

extension Canvas {
    package func part(_ part: Part, _ body: () -> Void) { body() }
}

/// What covers a shape.
package enum Paint: Hashable, Sendable {
    case flat(Colour)
    case gradient(Gradient)
}

/// Colours along a line.
package struct Gradient: Hashable, Sendable {
    package struct Stop: Hashable, Sendable {
        package var at: Double
        package var colour: Colour
    }

    package var from: Point
    package var to: Point
    package var stops: [Stop]

    package init(from: Point, to: Point, _ stops: [(Double, Colour)]) {
        self.from = from
        self.to = to
        self.stops = stops.map { Stop(at: $0.0, colour: $0.1) }
    }

    /// From a height down to another; a gradient that is the same along each row costs a tenth of a slanted one.
    package static func down(_ top: Double, _ bottom: Double, _ stops: [(Double, Colour)]) -> Gradient {
        Gradient(from: Point(0, top), to: Point(0, bottom), stops)
    }
}

/// A named part of the picture, so that tests and id passes can tell what is where.
package enum Part: Hashable, Sendable {
    case person(CharacterID)
    case head(CharacterID)
    case eyes(CharacterID)
    case mouth(CharacterID)
    case foot(CharacterID)
    case prop(String)
    case layer(String)
    case card
}

/// Words to be drawn.
package struct Lettering: Hashable, Sendable {
    package enum Weight: Hashable, Sendable {
        case regular
        case bold
    }

    package var text: String
    package var size: Double
    package var weight: Weight
    /// Lines are broken at this width and centred in it.
    package var width: Double
    package var colour: Colour
    package var halo: Colour?
    /// Lines beyond this many end in an ellipsis.
    package var lines: Int

    package init(
        _ text: String, size: Double, weight: Weight = .regular, width: Double, colour: Colour, halo: Colour? = nil,
        lines: Int = 2
    ) {
        self.text = text
        self.size = size
        self.weight = weight
        self.width = width
        self.colour = colour
        self.halo = halo
        self.lines = lines
    }
}
