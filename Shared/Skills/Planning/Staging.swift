// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts

/// Where people stand: the staging table, and the sides that hold for a whole scene.
struct Staging {
    struct Spot: Equatable {
        var x: Double
        var depth: Double
        var facing: String
    }

    /// Everybody of the scene, from left to right.
    let order: [CharacterID]
    let mood: String

    /// The spots of these people, who are in the order of the scene.
    func spots(for people: [CharacterID], lead: CharacterID?, partner: CharacterID?) -> [Spot] {
        guard people.count > 1 else { return people.map { single($0, partner: partner) } }
        let places = Self.table(people.count, mood: mood)
        let leadIndex = lead.flatMap { people.firstIndex(of: $0) }
        return places.enumerated().map { index, place in
            Spot(x: place.x, depth: place.depth, facing: facing(at: index, of: places, lead: leadIndex))
        }
    }

    private func facing(at index: Int, of places: [(x: Double, depth: Double)], lead: Int?) -> String {
        if let lead, lead != index { return places[lead].x > places[index].x ? "right" : "left" }
        return places[index].x <= 0.5 ? "right" : "left"
    }

    /// Alone in the frame, everybody keeps the side they have in the scene and looks into the room.
    private func single(_ who: CharacterID, partner: CharacterID?) -> Spot {
        isLeft(who, of: partner) ? Spot(x: 0.38, depth: 0, facing: "right") : Spot(x: 0.62, depth: 0, facing: "left")
    }

    private func isLeft(_ who: CharacterID, of partner: CharacterID?) -> Bool {
        guard order.count > 1, let mine = order.firstIndex(of: who) else { return true }
        if let partner, let theirs = order.firstIndex(of: partner), theirs != mine { return mine < theirs }
        return mine * 2 < order.count
    }

    private static func crowded(_ index: Int, of count: Int) -> (x: Double, depth: Double) {
        let step = 0.48 / Double(max(1, count - 1))
        return (0.26 + step * Double(index), index % 2 == 0 ? 0.05 : 0.25)
    }

    private static func table(_ count: Int, mood: String) -> [(x: Double, depth: Double)] {
        switch count {
        case 2:
            switch mood {
            case "embrace": return [(0.465, 0), (0.535, 0)]
            case "tender": return [(0.45, 0), (0.55, 0)]
            case "angry": return [(0.34, 0), (0.66, 0)]
            default: return [(0.41, 0), (0.59, 0)]
            }
        case 3: return [(0.34, 0), (0.5, 0.15), (0.66, 0)]
        case 4: return [(0.30, 0), (0.43, 0.2), (0.57, 0.2), (0.70, 0)]
        default: return (0..<count).map { crowded($0, of: count) }
        }
    }
}
