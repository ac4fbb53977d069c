// Picture · pure · sees Contracts, Policies

/// The things the engine can draw.
package enum PropKind: String, CaseIterable, Hashable, Sendable {
    case lantern
    case lamp
    case log
    case stool
    case barrel
    case crate

    /// How big it is in a hand, of its usual size.
    var heldSize: Double { 1 }
    /// How high above the ground it flies.
    var flight: Double { 0 }
    var isLamp: Bool { self == .lantern || self == .lamp }
    var isSeat: Bool { self == .log || self == .stool || self == .barrel }
    /// Of the surface things stand on, in its own units.
    var topHeight: Double { 50 }
    var topWidth: Double { 60 }
    /// Its outline for framing, in its own units, up from the foot.
    var extent: Box { Box(x: -40, y: -60, width: 80, height: 60) }
}
