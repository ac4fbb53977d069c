// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// Says for every segment which of the known places it plays in.
struct PlaceReader {
    let places: [Place]

    func assign(_ moments: inout [Reading.Moment]) {
        var current: PlaceID?
        for position in moments.indices {
            let here = places.filter { $0.paragraphs.contains(moments[position].paragraph) }
            if here.count == 1 {
                current = here[0].placeID
            } else if here.count > 1 {
                current = choose(among: here, moments: moments, at: position, current: current)
            }
            moments[position].place = current ?? places.first?.placeID
        }
    }

    /// In a paragraph of several places the sentences say when it moves on.
    private func choose(
        among here: [Place], moments: [Reading.Moment], at position: Int, current: PlaceID?
    ) -> PlaceID? {
        let moment = moments[position]
        let stays = here.contains { $0.placeID == current } ? current : nil
        if !moment.isSpeech, let visit = PlaceScan(moment.tokens).visit() {
            if let there = here.first(where: { $0.kind == visit.kind }) { return there.placeID }
            if visit.kind == "outside", visit.strength == 3, let out = here.first(where: { $0.placeID != current }) {
                return out.placeID
            }
        }
        if let stays { return stays }
        // Before anything is said: the place that the paragraph names first.
        let rest = moments[position...].prefix { $0.paragraph == moment.paragraph }
        let first = rest.lazy.compactMap { $0.isSpeech ? nil : PlaceScan($0.tokens).visit() }.first
        return here.first { $0.kind == first?.kind }?.placeID ?? here.first?.placeID
    }
}
