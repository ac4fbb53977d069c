// Sound · pure · sees Contracts, Policies

/// Which sounds make a place, from the words that describe it.
package struct Soundscape: Hashable {
    /// One sound of it.
    package struct Layer: Hashable {
        package let place: PlaceSound
        /// 0…1: a breeze or a storm.
        let force: Double
        /// dB under the loudness of places.
        var level: Double
        /// Heard through walls.
        package var isBehindWalls = false
    }

    package let layers: [Layer]
    package let isIndoors: Bool
    /// No word named the place.
    let isGuess: Bool

    /// Words may be the picture's vocabulary or the story's own, in English or Chinese. In a place that no word names there
    /// is a little air.
    package init(words: [String]) {
        let told = words.map { $0.lowercased() }
        isIndoors = Self.names(told, any: Self.indoors)
        let place = Self.places.filter { Self.names(told, any: $0.words) }.map(\.layer)
        isGuess = place.isEmpty && !isIndoors
        var outside = Self.weather.filter { Self.names(told, any: $0.words) }.map(\.layer)
        var heard = place
        if isIndoors {
            // Of the world outside only what is loud comes in, and only its lows.
            outside = (place.filter { $0.place == .sea } + outside).map {
                Layer(place: $0.place, force: $0.force, level: $0.level - 8, isBehindWalls: true)
            }
            heard = place.filter { $0.place == .fire || $0.place == .crowd }
            heard.append(Layer(place: .room, force: 0.5, level: -6))
        } else if Self.hasCrickets(told), !place.contains(where: { $0.place == .sea }) {
            // At night the birds are silent.
            heard = place.filter { $0.place != .forest } + [Layer(place: .night, force: 0.5, level: -3)]
        }
        let all = (heard + outside).reduce(into: [Layer]()) { kept, layer in
            if !kept.contains(where: { $0.place == layer.place }) { kept.append(layer) }
        }
        layers = all.isEmpty ? [Layer(place: .wind, force: 0.1, level: -8)] : Array(all.prefix(3))
    }

    /// They sing in warm, dry nights.
    private static func hasCrickets(_ told: [String]) -> Bool {
        names(told, any: hours) && !names(told, any: wet) && !names(told, any: cold)
    }

    private static func names(_ told: [String], any words: [String]) -> Bool {
        told.contains { text in words.contains { isNamed($0, in: text) } }
    }

    /// dB that the whole place may have under the loudness of places: a quiet room stays quiet.
    var level: Double { layers.map(\.level).max() ?? 0 }

    /// Latin words are compared whole ("sea" is not in "season"), Han by what they contain.
    private static func isNamed(_ word: String, in text: String) -> Bool {
        guard let first = word.unicodeScalars.first, first.isASCII else { return text.contains(word) }
        return text.split { !$0.isLetter }.contains { $0 == word }
    }
}
