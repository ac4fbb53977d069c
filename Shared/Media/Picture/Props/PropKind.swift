// Picture · pure · sees Contracts, Policies

/// The things the engine can draw.
package enum PropKind: String, CaseIterable, Hashable, Sendable {
    case lantern, lamp, candle, fire
    case table, chair, stool, bench, log, counter, bed, door, window
    case barrel, crate, box, bag, basket, chest
    case cup, bowl, bottle, bread, fish, flower
    case book, letter, map, key, coin, ring
    case boat, cart, tree, stone, well, fence, ladder, statue
    case kite, umbrella, flag, ball, drum, mask, rope, mirror, clock
    case sword, staff, crown
    case dog, cat, bird, horse, sheep
    case phone
}

/// Measures of a thing in its own units: a grown person is about 320 of them tall.
struct PropTraits: Sendable {
    /// Of the surface things stand on.
    var topHeight = 50.0
    var topWidth = 60.0
    /// Its outline, up from the foot, for framing.
    var width = 80.0
    var height = 60.0
    /// How high above the ground it hangs or flies, in units of the frame.
    var flight = 0.0
    /// How big it is in a hand, of its usual size.
    var heldSize = 1.0
    var isSeat = false
    var isLamp = false
    /// Whether something of it moves.
    var isLively = false
    var hasShadow = true
}

extension PropKind {
    private static let traits: [PropKind: PropTraits] = [
        .lantern: PropTraits(width: 40, height: 60, isLamp: true, isLively: true),
        .lamp: PropTraits(width: 60, height: 80, isLamp: true, isLively: true),
        .candle: PropTraits(width: 40, height: 50, isLamp: true, isLively: true),
        .fire: PropTraits(width: 120, height: 120, isLamp: true, isLively: true, hasShadow: false),
        .table: PropTraits(topHeight: 104, topWidth: 200, width: 220, height: 110),
        .chair: PropTraits(topHeight: 66, topWidth: 66, width: 80, height: 150, isSeat: true),
        .stool: PropTraits(topHeight: 66, topWidth: 64, width: 70, height: 70, isSeat: true),
        .bench: PropTraits(topHeight: 62, topWidth: 210, width: 220, height: 66, isSeat: true),
        .log: PropTraits(topHeight: 46, topWidth: 220, width: 260, height: 50, isSeat: true),
        .counter: PropTraits(topHeight: 140, topWidth: 340, width: 360, height: 150),
        .bed: PropTraits(topHeight: 72, topWidth: 300, width: 380, height: 120, isSeat: true),
        .door: PropTraits(width: 170, height: 350, hasShadow: false),
        .window: PropTraits(width: 150, height: 170, flight: 190, hasShadow: false),
        .barrel: PropTraits(topHeight: 96, topWidth: 64, width: 80, height: 100, isSeat: true),
        .crate: PropTraits(topHeight: 74, topWidth: 80, width: 90, height: 76),
        .box: PropTraits(topHeight: 54, topWidth: 66, width: 70, height: 56),
        .chest: PropTraits(topHeight: 70, topWidth: 110, width: 120, height: 76),
        .cup: PropTraits(width: 26, height: 34, isLively: true),
        .boat: PropTraits(topHeight: 30, topWidth: 200, width: 300, height: 250, isLively: true, hasShadow: false),
        .cart: PropTraits(topHeight: 90, topWidth: 200, width: 280, height: 130),
        .tree: PropTraits(width: 240, height: 330, hasShadow: false),
        .well: PropTraits(topHeight: 90, topWidth: 110, width: 140, height: 230),
        .fence: PropTraits(width: 240, height: 90),
        .ladder: PropTraits(width: 70, height: 330),
        .statue: PropTraits(width: 110, height: 300),
        .kite: PropTraits(width: 80, height: 110, flight: 380, isLively: true, hasShadow: false),
        .umbrella: PropTraits(width: 140, height: 140, heldSize: 1.9),
        .flag: PropTraits(width: 130, height: 260, isLively: true),
        .sword: PropTraits(width: 30, height: 120, heldSize: 1.25),
        .staff: PropTraits(width: 20, height: 260, heldSize: 1.2),
        .mirror: PropTraits(width: 90, height: 180),
        .clock: PropTraits(width: 70, height: 260, isLively: true),
        .dog: PropTraits(width: 130, height: 100, isLively: true),
        .cat: PropTraits(width: 80, height: 70, isLively: true),
        .bird: PropTraits(width: 50, height: 40, isLively: true),
        .sheep: PropTraits(width: 150, height: 120, isLively: true),
        .horse: PropTraits(width: 320, height: 280, isLively: true),
    ]

    private var measures: PropTraits { Self.traits[self] ?? PropTraits() }

    var heldSize: Double { measures.heldSize }
    /// Small things are drawn larger than life, or nobody would see them in a wide picture.
    var readableSize: Double { measures.height <= 60 && measures.width <= 80 && !isSeat ? 1.3 : 1 }
    var flight: Double { measures.flight }
    var isSeat: Bool { measures.isSeat }
    package var isLamp: Bool { measures.isLamp }
    var isLively: Bool { measures.isLively }
    var hasShadow: Bool { measures.hasShadow }
    var topHeight: Double { measures.topHeight }
    var topWidth: Double { measures.topWidth }
    var extent: Box {
        Box(x: -measures.width / 2, y: -measures.height, width: measures.width, height: measures.height)
    }
}
