// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities

/// A scene to be: passages of one time and one neighbourhood.
struct Stretch {
    var passages: Range<Int>
    /// Where most of it plays.
    var place: PlaceID

    /// Cuts the script at the author's breaks, at jumps in time, and where the story goes somewhere else.
    static func all(_ passages: [Passage], places: [Place]) -> [Stretch] {
        guard let first = passages.first else { return [] }
        let kinds = Dictionary(places.map { ($0.placeID, $0.kind) }) { one, _ in one }
        let nowhere = places.first?.placeID ?? PlaceID(ordinal: 1)
        var stretches: [Stretch] = []
        var start = 0
        var here = first.place ?? nowhere
        for index in passages.indices.dropFirst() {
            let next = passages[index].place ?? here
            let moves = next != here && !Neighbourhood.areNear(kinds[next] ?? "", kinds[here] ?? "")
            if passages[index].opensScene || passages[index].jumpsInTime || moves {
                stretches.append(Stretch(passages: start..<index, place: main(passages[start..<index], nowhere)))
                start = index
            }
            here = next
        }
        stretches.append(Stretch(passages: start..<passages.count, place: main(passages[start...], nowhere)))
        return stretches
    }

    private static func main(_ passages: ArraySlice<Passage>, _ nowhere: PlaceID) -> PlaceID {
        var counts: [PlaceID: Int] = [:]
        for passage in passages { counts[passage.place ?? nowhere, default: 0] += 1 }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? nowhere
    }
}
