// Picture · pure · sees Contracts, Policies

/// What a shape is, which decides how a style covers it.
package enum Substance: Hashable, Sendable {
    /// Sky and other endless planes.
    case wash
    /// Land.
    case mass
    /// Things.
    case solid
    /// People.
    case figure
    /// Small marks on any of them.
    case detail
}

/// A shape on its way to the canvas.
package struct Fill: Hashable, Sendable {
    package var path: Path
    package var colour: Colour
    package var substance: Substance
    /// A colour at its top, when it differs.
    package var top: Colour?
    /// How far it melts into the haze toward its foot.
    package var fade: Double

    package init(_ path: Path, _ colour: Colour, _ substance: Substance, top: Colour? = nil, fade: Double = 0) {
        self.path = path
        self.colour = colour
        self.substance = substance
        self.top = top
        self.fade = fade
    }
}

/// How a film is drawn: a palette and a few verbs. A new pack is a new value of this, never a fork of the scenes.
package protocol StylePack: Sendable {
    var id: String { get }
    var version: Int { get }
    /// Frames a drawing of a person is held.
    var actingStep: Int { get }
    /// A lit colour in this style's palette.
    func tone(_ colour: Colour) -> Colour
    func fill(_ fill: Fill, with painter: Painter)
    func line(_ spine: [Girth], _ colour: Colour, with painter: Painter)
}

/// All packs there are, by the words that choose them.
package enum StylePacks {
    package static func named(_ word: String) -> (any StylePack)? {
        switch word {
        case "flat_vector", "": FlatVector()
        default: nil
        }
    }
}
