// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// Follows a story from place to place.
struct FindPlaces {
    private(set) var places: [Place] = []
    private var indoors: [PlaceID: Bool] = [:]
    private var owners: [PlaceID: String] = [:]
    private var labels: [PlaceID: [String: Int]] = [:]
    private var nouns: [PlaceID: String] = [:]
    private var current: Int?

    /// Nouns that any room or house is called by, once one is in it.
    private static let anyRoom: Set<String> = [
        "room", "chamber", "house", "home", "cottage", "hut", "cabin", "building", "shop", "store", "房间", "屋里", "屋子里",
        "家里", "屋内", "房子", "家", "店", "铺子",
    ]

    init(_ moments: [Reading.Moment]) {
        var start = 0
        while start < moments.count {
            let end = moments[(start + 1)...].firstIndex(where: \.opensScene) ?? moments.count
            follow(moments[start..<end])
            start = end
        }
        if places.isEmpty, let first = moments.first {
            add(
                PlaceScan.Visit(
                    kind: "field", variant: "", noun: "", label: "", features: [], isIndoors: false, strength: 1,
                    owner: ""))
            for moment in moments where moment.paragraph >= first.paragraph { stay(moment) }
        }
    }

    /// One stretch between the author's breaks.
    private mutating func follow(_ scene: ArraySlice<Reading.Moment>) {
        let visits = scene.map { $0.isSpeech ? nil : PlaceScan($0.tokens).visit() }
        // What a scene says first about its place holds from its first word.
        if let opening = visits.lazy.compactMap({ $0 }).first(where: { $0.kind != "outside" || current == nil }),
            opening.strength > 0
        {
            arrive(opening)
        }
        var isSettled = false
        var paragraph = 0
        for (moment, visit) in zip(scene, visits) {
            let isOpening = moment.paragraph != paragraph
            paragraph = moment.paragraph
            if let visit, accepts(visit, isSettled: isSettled, isOpening: isOpening) {
                arrive(visit)
                isSettled = true
            }
            guard current != nil else { continue }
            stay(moment)
        }
    }

    /// A hint moves nobody who is already somewhere; a street lies in the village one is in.
    private func accepts(_ visit: PlaceScan.Visit, isSettled: Bool, isOpening: Bool) -> Bool {
        guard let current else { return true }
        let here = places[current]
        if visit.kind == "outside" { return indoors[here.placeID] == true && visit.strength == 3 }
        if visit.strength == 1 { return !isSettled && indoors[here.placeID] != true }
        // "The basement smelled of pennies": a paragraph that begins with a place is there.
        if visit.strength == 2, isOpening, visit.isSubject { return true }
        if visit.strength == 2, visit.kind != here.kind, isSettled, visit.isIndoors { return false }
        return !Neighbourhood.contains(visit.kind, in: here.kind)
    }

    private mutating func arrive(_ visit: PlaceScan.Visit) {
        if visit.kind == "outside" {
            arriveOutside(visit)
            return
        }
        if let known = places.firstIndex(where: { isSame($0, visit) }) {
            current = known
            addFeatures(visit.features, to: known)
        } else {
            add(visit)
        }
        guard let current else { return }
        // What it is called most often is its name.
        var labels = labels[places[current].placeID] ?? [:]
        labels[visit.label, default: 0] += visit.strength
        self.labels[places[current].placeID] = labels
        let best = labels.max { ($0.value, $1.key) < ($1.value, $0.key) }
        if let best, best.value > labels[places[current].label] ?? 0 { places[current].label = best.key }
    }

    private mutating func arriveOutside(_ visit: PlaceScan.Visit) {
        if let current, indoors[places[current].placeID] != true {
            addFeatures(visit.features, to: current)
        } else if let last = places.lastIndex(where: { indoors[$0.placeID] != true }) {
            current = last
            addFeatures(visit.features, to: last)
        } else {
            var street = visit
            street.kind = visit.features.contains("lighthouse") ? "cliff" : "village"
            add(street)
        }
    }

    private func isSame(_ place: Place, _ visit: PlaceScan.Visit) -> Bool {
        guard place.kind == visit.kind else { return false }
        // A cellar and a study are both drawn as rooms.
        if visit.isIndoors, let noun = nouns[place.placeID], noun != visit.noun,
            !Self.anyRoom.contains(noun), !Self.anyRoom.contains(visit.noun)
        {
            return false
        }
        let owner = owners[place.placeID] ?? ""
        return owner == visit.owner || owner.isEmpty || visit.owner.isEmpty
    }

    private mutating func add(_ visit: PlaceScan.Visit) {
        let id = PlaceID(ordinal: places.count + 1)
        places.append(
            Place(
                placeID: id, label: visit.label, kind: visit.kind,
                features: visit.variant.isEmpty || visit.variant == "open" ? [] : [visit.variant], paragraphs: []))
        indoors[id] = visit.isIndoors
        owners[id] = visit.owner
        nouns[id] = visit.noun
        current = places.count - 1
        addFeatures(visit.features, to: places.count - 1)
    }

    private mutating func addFeatures(_ features: [String], to index: Int) {
        for feature in features where !places[index].features.contains(feature) {
            places[index].features.append(feature)
        }
    }

    /// "There was no light."
    private func saysDark(_ tokens: [Token]) -> Bool {
        zip(tokens, tokens.dropFirst()).contains { $0.key == "no" && ["light", "lamp", "beam"].contains($1.key) }
            || tokens.contains { $0.key == "dark" }
    }

    private mutating func stay(_ moment: Reading.Moment) {
        guard let current else { return }
        if places[current].paragraphs.last != moment.paragraph { places[current].paragraphs.append(moment.paragraph) }
        guard !moment.isSpeech else { return }
        if places[current].features.contains("lighthouse"), saysDark(moment.tokens) {
            addFeatures(["unlit"], to: current)
        }
        let kind = places[current].kind
        let isIndoors = indoors[places[current].placeID] ?? false
        addFeatures(
            PlaceScan(moment.tokens).features().filter { PlaceWords.admits($0, in: kind, isIndoors: isIndoors) },
            to: current)
    }
}

/// Some features of a place are what the whole setting is a variant of.
package enum Variant {
    private static let words: Set<String> = ["wheat", "deck"]

    /// The variant of a place's setting, and what else stands there. The sea is open water.
    package static func split(_ features: [String], of kind: String) -> (variant: String, features: [String]) {
        let variant = features.first(where: words.contains) ?? (kind == "sea" ? "open" : "")
        return (variant, features.filter { !words.contains($0) })
    }
}

/// Which places lie in or beside each other, so that going from one to the other ends no scene.
package enum Neighbourhood {
    private static let districts: [[String]] = [
        ["sea", "beach", "harbour", "cliff", "ship", "island"],
        ["village", "street", "market", "courtyard", "city_night", "rooftop"],
        ["field", "road", "river", "lake", "bridge", "garden", "forest"], ["hill", "mountains", "road"],
        ["room", "kitchen", "bedroom", "corridor", "stairs"],
    ]

    package static func areNear(_ left: String, _ right: String) -> Bool {
        left == right || districts.contains { $0.contains(left) && $0.contains(right) }
    }

    /// A street in a village, a road in a forest: the place stays what it was.
    static func contains(_ inner: String, in outer: String) -> Bool {
        switch inner {
        case "street": ["village", "city_night", "market"].contains(outer)
        case "road", "path": ["forest", "field", "hill", "mountains", "village", "street"].contains(outer)
        case "room": ["kitchen", "bedroom", "shop", "tavern", "palace", "classroom", "office"].contains(outer)
        default: false
        }
    }
}
