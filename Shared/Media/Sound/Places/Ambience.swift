// Sound · pure · sees Contracts, Policies
import Policies

/// What is heard in a place when nobody speaks.
package enum PlaceSound: String, CaseIterable, Sendable {
    case wind
    case rain
    case sea
    case forest
    case night
    case crowd
    case fire
    case city
    case room
    case stream
}

/// Makes the sound of places.
package enum Ambience {
    /// Every loop is brought to this, in LUFS.
    static let loudness = -28.0

    /// A seamless loop. `force` 0…1: a breeze or a storm.
    package static func loop(_ place: PlaceSound, seconds: Double, seed: UInt64, force: Double = 0.5) -> Stereo {
        let overlap = min(3, seconds * 0.3)
        var bed = Stereo(seconds: seconds + overlap)
        let seed = Seed.part(seed, place.rawValue)
        switch place {
        case .wind: wind(&bed, seed, force)
        case .rain: rain(&bed, seed, force)
        case .sea: sea(&bed, seed, force)
        case .forest:
            wind(&bed, seed, 0.15)
            bed.scale(0.35)
            birds(&bed, seed, rate: 0.5 + force)
        case .night:
            wind(&bed, seed, 0.05)
            bed.scale(0.22)
            crickets(&bed, seed)
        case .crowd: crowd(&bed, seed, force)
        case .fire: fire(&bed, seed, force)
        case .city: city(&bed, seed, force)
        case .room: hum(&bed, seed, 0.6)
        case .stream: stream(&bed, seed)
        }
        bed.onEach { $0.unbias() }
        var loop = bed.looped(overlap: overlap)
        loop.level(to: loudness, ceiling: -6)
        return loop
    }

    /// Fills both channels, each from its own seed: air is nowhere the same left and right.
    static func onBothSides(
        _ bed: inout Stereo, _ seed: UInt64, _ fill: (_ channel: inout [Float], _ seed: UInt64) -> Void
    ) {
        fill(&bed.left, Seed.part(seed, "left"))
        fill(&bed.right, Seed.part(seed, "right"))
    }
}
