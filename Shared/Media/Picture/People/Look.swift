// Picture · pure · sees Contracts, Policies
package import Contracts

package enum Hair: String, CaseIterable, Hashable, Sendable {
    case short
    case long
    case bob
    case bun
    case ponytail
    case braids
    case topknot
    case curly
    case bald
}

package enum Garment: String, CaseIterable, Hashable, Sendable {
    case coat
    case shirt
    case dress
    case robe
    case changshan

    /// How far the skirt hangs: 0 the knee, 1 the foot; nil for none.
    var hem: Double? {
        switch self {
        case .shirt: nil
        case .coat: 0.10
        case .dress: 0.42
        case .robe, .changshan: 0.86
        }
    }

    var flare: Double {
        switch self {
        case .shirt: 1
        case .coat: 1.30
        case .dress: 1.75
        case .robe, .changshan: 1.35
        }
    }

    var hasWideSleeves: Bool { self == .robe || self == .changshan }
}

package enum Extra: String, CaseIterable, Hashable, Sendable {
    case scarf
    case cap
    case beard
    case longBeard = "long_beard"
    case moustache
    case glasses
    case strawHat = "straw_hat"
    case headscarf
    case apron
    case belt
    case cuffs
    case barefoot
    case crown
}

/// Somebody's looks, ready to be drawn.
package struct Look: Hashable, Sendable {
    package var id: CharacterID
    package var age: Age
    package var isStout: Bool
    package var isSlim: Bool
    /// Whether lashes and lips are drawn more strongly.
    package var isFeminine: Bool
    package var height: Double
    package var hair: Hair
    package var garment: Garment
    package var extras: [Extra]
    package var skin: Colour
    package var hairColour: Colour
    package var main: Colour
    package var second: Colour
    package var accent: Colour

    package func has(_ extra: Extra) -> Bool { extras.contains(extra) }
    var isChild: Bool { age == .child }
    var isOld: Bool { age == .old }
    var hasBeard: Bool { has(.beard) || has(.longBeard) }
}

/// Lengths of a body, in units of the frame.
package struct Figure: Hashable, Sendable {
    package var height: Double
    package var headRadius: Double
    /// Above the ground, up is negative.
    var hip: Double
    var shoulder: Double
    var leg: Double
    var arm: Double
    var breadth: Double

    /// `adult` is the height of a grown person here.
    package init(_ look: Look, adult: Double) {
        height = adult * look.height
        headRadius = (look.isChild ? 0.142 : 0.112) * height
        hip = (look.isChild ? -0.37 : -0.455) * height
        leg = -hip
        shoulder = -height + headRadius * 2.30 + (look.isOld ? 0.012 * height : 0)
        arm = (hip - shoulder) * 1.13
        let build = look.isStout ? 0.145 : (look.isSlim ? 0.097 : 0.115)
        breadth = build * height * (look.isChild ? 0.95 : 1)
    }
}
