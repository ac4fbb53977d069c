// Picture · pure · sees Contracts, Policies

/// The places the engine has a recipe for.
package enum PlaceKind: String, CaseIterable, Hashable, Sendable {
    case room
    case street
    case village
    case harbour
    case forest
    case field
    case garden
    case sea
    case shore
    case mountains
    case hill
    case limbo

    package var isIndoors: Bool { self == .room }

    /// How far up the picture the ground at depth 1 lies above the ground at depth 0.
    package var rise: Double {
        switch self {
        case .room, .street, .village, .harbour: 30
        case .shore, .sea: 18
        case .hill, .mountains: 16
        case .forest: 56
        case .field, .garden: 78
        case .limbo: 60
        }
    }

    package var hasWater: Bool { self == .sea || self == .shore || self == .harbour }
    /// Where a boat in front floats.
    var waterline: Double { self == .sea ? 640 : 574 }

    /// Street lamps that light people after dark.
    var lamps: [Double] {
        switch self {
        case .street, .village, .harbour: Site.streetLamps
        default: []
        }
    }

    /// What people sit on here when nobody says.
    var seat: PropKind { isIndoors ? .stool : (self == .harbour || self == .shore ? .barrel : .log) }
}

extension Site {
    static let streetLamps = [250.0, 1010.0]

    func layers(_ kind: PlaceKind) -> [Layer] {
        switch kind {
        case .room: room()
        case .street: street()
        case .village: village()
        case .harbour: harbour()
        case .forest: forest()
        case .field: field()
        case .garden: garden()
        case .sea: sea()
        case .shore: shore()
        case .mountains: mountains()
        case .hill: hill()
        case .limbo: limbo()
        }
    }
}
