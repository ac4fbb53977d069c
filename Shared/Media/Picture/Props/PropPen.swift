// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

/// A pen for one thing: it knows where the thing's foot is and how big one of its units is.
struct PropPen {
    let painter: Painter
    let at: Point
    let unit: Double
    let time: Double
    let seed: UInt64
    /// The colour the story gives it.
    var colour: Colour?
    var isLit: Bool
    var isOpen = false
    var label = ""
    /// In a hand: hung from the grip, without its light, which is drawn under the person.
    var isHeld = false

    init(_ painter: Painter, at: Point, unit: Double, time: Double, seed: UInt64) {
        self.painter = painter
        self.at = at
        self.unit = unit
        self.time = time
        self.seed = seed
        isLit = painter.light.wantsLamps
    }

    init(_ painter: Painter, _ prop: StagedProp, time: Double) {
        self.init(painter, at: prop.at, unit: prop.unit, time: time, seed: prop.seed)
        colour = prop.colour
        isLit = prop.isLit
        isOpen = prop.isOpen
        label = prop.label
    }

    static let wood = Colour(0x8a5f3e)
    static let iron = Colour(0x39343a)
    static let gold = Colour(0xe3bf62)

    // MARK: shapes in the thing's own units

    func spot(_ x: Double, _ y: Double) -> Point { at + Point(x * unit, y * unit) }
    func spots(_ places: [(Double, Double)]) -> [Point] { places.map { spot($0.0, $0.1) } }

    func polygon(_ places: [(Double, Double)], _ colour: Colour, _ substance: Substance = .solid) {
        painter.fill(.polygon(spots(places)), colour, substance)
    }

    func smooth(_ places: [(Double, Double)], _ colour: Colour, _ substance: Substance = .solid) {
        painter.fill(.smooth(spots(places)), colour, substance)
    }

    func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Box {
        Box(x: at.x + x * unit, y: at.y + y * unit, width: width * unit, height: height * unit)
    }

    func block(_ box: Box, _ colour: Colour, _ substance: Substance = .solid) {
        painter.fill(.rectangle(box), colour, substance)
    }

    func mark(_ box: Box, _ colour: Colour) { painter.detail(.rectangle(box), colour) }

    func oval(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Path {
        .ellipse(spot(x, y), width * unit, height * unit)
    }

    func line(_ places: [(Double, Double)], _ width: Double, _ colour: Colour) {
        painter.line(spots(places), width * unit, colour)
    }

    // MARK: what callers want

    /// Everything of a thing that does not move.
    func drawStill(_ kind: PropKind) {
        switch kind {
        case .lantern, .lamp, .candle, .fire: drawLampStill(kind)
        case .table, .chair, .stool, .bench, .log, .counter, .bed, .door, .window: drawFurniture(kind)
        case .barrel, .crate, .box, .bag, .basket, .chest: drawContainer(kind)
        case .cup, .bowl, .bottle, .bread, .fish, .flower: drawFood(kind)
        case .book, .letter, .map, .key, .coin, .ring, .mask, .ball, .drum, .crown, .phone: drawTrinket(kind)
        case .cart, .stone, .well, .fence, .ladder, .statue, .mirror, .rope: drawStructure(kind)
        case .umbrella, .sword, .staff: drawHandThing(kind)
        case .tree: drawTree()
        case .boat, .kite, .flag, .clock, .dog, .cat, .bird, .horse, .sheep: break
        }
    }

    /// What moves of it: flames, steam, sails, animals.
    func drawLive(_ kind: PropKind) {
        switch kind {
        case .lantern, .lamp, .candle, .fire: drawLampLive(kind)
        case .cup: drawSteam()
        case .boat: drawBoat()
        case .kite: drawKite()
        case .flag: drawFlag()
        case .clock: drawClock()
        case .dog, .cat, .bird, .horse, .sheep: drawAnimal(kind)
        default: break
        }
    }

    func drawHeld(_ kind: PropKind) {
        var held = self
        held.isHeld = true
        held.drawStill(kind)
        held.drawLive(kind)
    }
}
