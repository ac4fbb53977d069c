// Picture · pure · sees Contracts, Policies

package enum Hour: String, CaseIterable, Hashable, Sendable {
    case dawn
    case morning
    case day
    case afternoon
    case sunset
    case dusk
    case night
}

/// The light of each hour under a clear sky.
extension Light {
    static let table: [Hour: Light] = [
        .dawn: dawn, .morning: morning, .day: day, .afternoon: afternoon, .sunset: sunset, .dusk: dusk, .night: night,
    ]

    static let dawn = Light(
        skyTop: Colour(0x7d97c4), skyMiddle: Colour(0xf2bfa6), skyHorizon: Colour(0xffe9c9), key: Colour(0xffdcb0),
        ambient: Colour(0.96, 0.91, 0.94), haze: Colour(0xf4d6c4), hazeStrength: 0.78, sun: Point(330, 366), side: -1,
        darkness: 0.05)

    static let morning = Light(
        skyTop: Colour(0x62a6dc), skyMiddle: Colour(0xb4dcee), skyHorizon: Colour(0xfff1d8), key: Colour(0xfff0cf),
        ambient: Colour(1, 0.98, 0.95), haze: Colour(0xe3ebe2), hazeStrength: 0.70, sun: Point(300, 190), side: -1,
        darkness: 0)

    static let day = Light(
        skyTop: Colour(0x4c9fdc), skyMiddle: Colour(0x9fd3f0), skyHorizon: Colour(0xeaf6f1), key: Colour(0xfff6df),
        ambient: Colour(1, 1, 1), haze: Colour(0xcfe8f0), hazeStrength: 0.66, sun: Point(980, 120), side: 1,
        darkness: 0)

    static let afternoon = Light(
        skyTop: Colour(0x5795cf), skyMiddle: Colour(0xb5d3e2), skyHorizon: Colour(0xfbe6bf), key: Colour(0xffe2ac),
        ambient: Colour(1, 0.96, 0.89), haze: Colour(0xe6dcc4), hazeStrength: 0.66, sun: Point(1010, 220), side: 1,
        darkness: 0)

    static let sunset = Light(
        skyTop: Colour(0x4b4583), skyMiddle: Colour(0xe27a72), skyHorizon: Colour(0xffc46b), key: Colour(0xffb766),
        ambient: Colour(1, 0.85, 0.79), haze: Colour(0xf0a474), hazeStrength: 0.70, sun: Point(920, 366), side: 1,
        darkness: 0.25)

    static let dusk = Light(
        skyTop: Colour(0x222b59), skyMiddle: Colour(0x6a5a98), skyHorizon: Colour(0xe39a86), key: Colour(0xd9b3c8),
        ambient: Colour(0.70, 0.68, 0.86), haze: Colour(0x76699c), hazeStrength: 0.66, sun: Point(300, 420), side: -1,
        darkness: 0.6)

    static let night = Light(
        skyTop: Colour(0x0b1233), skyMiddle: Colour(0x1a2958), skyHorizon: Colour(0x3b5488), key: Colour(0xbcd0ff),
        ambient: Colour(0.50, 0.56, 0.82), haze: Colour(0x2c4273), hazeStrength: 0.62, sun: Point(960, 128), side: 1,
        darkness: 1)
}
