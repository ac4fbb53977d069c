// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Policies

/// Writes a sketch down as a shot: who stands where, what they do when, what the lens does.
struct Drafting {
    let passages: [Passage]
    let lineIDs: [LineID]
    let people: [Person]
    let places: [Place]
    let settings: Settings
    let seed: UInt64
    let pack: String

    func shot(_ sketch: Sketch, ordinal: Int, scene: SceneID, title: String) -> Shot {
        let id = ShotID(ordinal: ordinal)
        let model = passages[sketch.model]
        let place = places.first { $0.placeID == model.place } ?? places[0]
        let shotSeed = Seed.part(seed, "shot/" + id.rawValue) & Settings.seedMask
        let clock = DraftClock(sketch.passages.map { passages[$0].text }, silentMS: sketch.silentMS)
        let cast = Blocking(sketch: sketch, passages: passages, people: people, clock: clock)
        let props = props(sketch, place: place, cast: cast.actors)
        let focus = focus(sketch, props: props)
        let lens = Lens(sketch: sketch, passage: model, seed: shotSeed)
        var draft = ShotDSL(
            shotID: id, sceneID: scene, seed: shotSeed, shotIntent: sketch.isTitle ? "title" : sketch.setup.intent,
            timing: ShotDSL.Timing(durationMS: max(least(sketch), clock.total)), setting: settings.setting(place),
            light: model.sky.light(mood: model.mood),
            camera: lens.camera(focus: focus, travels: cast.travels, looksUp: cast.looksUp), cast: cast.actors,
            props: props,
            lines: lines(sketch, clock), text: ShotDSL.Words(title: sketch.isTitle ? title : ""), pack: pack)
        if let order = sketch.tableaux.first?.order, order.count > 1 {
            draft.axis = ShotDSL.Axis(left: order.first, right: order.last)
        }
        return Shot(
            shotID: id, intent: draft.shotIntent, segments: sketch.passages.flatMap { passages[$0].segments },
            lines: sketch.passages.map { lineIDs[$0] }, minimumMS: least(sketch), draft: draft)
    }

    private func least(_ sketch: Sketch) -> Int {
        if sketch.isTitle { return max(3000, sketch.silentMS) }
        return sketch.passages.isEmpty ? max(sketch.silentMS, sketch.setup.framing.least) : sketch.setup.framing.least
    }

    private func lines(_ sketch: Sketch, _ clock: DraftClock) -> [ShotDSL.SpokenLine] {
        zip(sketch.passages, clock.spans).map { index, span in
            let passage = passages[index]
            return ShotDSL.SpokenLine(
                lineID: lineIDs[index], speaker: passage.speaker, text: passage.text, startMS: span.start,
                endMS: span.end,
                kind: passage.isSpeech ? .speech : .narration)
        }
    }

    private func focus(_ sketch: Sketch, props: [ShotDSL.Prop]) -> [String] {
        switch sketch.setup.framing {
        case .insert: props.filter { $0.kind == sketch.setup.prop }.prefix(1).map(\.id)
        case .establishing: []
        case .wide, .medium, .closeUp: sketch.setup.people.prefix(5).map(\.rawValue)
        }
    }

    // MARK: things

    private func props(_ sketch: Sketch, place: Place, cast: [ShotDSL.Actor]) -> [ShotDSL.Prop] {
        guard let tableau = sketch.tableaux.last else { return [] }
        var props: [ShotDSL.Prop]
        switch sketch.setup.framing {
        case .closeUp: props = []
        case .insert:
            let main = tableau.props.first { $0.kind == sketch.setup.prop }
            props = tableau.props.filter { $0.id == main?.id || $0.id == main?.on }
        case .establishing, .wide, .medium: props = tableau.props
        }
        // Seats come by themselves under people who sit; who rows needs a boat.
        if sketch.setup.framing != .closeUp, let rower = cast.first(where: { $0.pose == "row" }),
            !props.contains(where: { $0.kind == "boat" })
        {
            props.append(ShotDSL.Prop(id: "boat", kind: "boat", x: rower.x ?? 0.5, scale: 1.25))
        }
        return props
    }
}

/// Settings as every shot of a place has them.
struct Settings {
    let seed: UInt64
    let culture: String
    let isChinese: Bool

    static let seedMask: UInt64 = (1 << 53) - 1

    func setting(_ place: Place) -> ShotDSL.Setting {
        var (variant, features) = Variant.split(place.features, of: place.kind)
        if isChinese, ["street", "village", "courtyard"].contains(place.kind) { variant = "chinese" }
        return ShotDSL.Setting(
            kind: place.kind, label: place.label, variant: variant, features: features, culture: culture,
            placeID: place.placeID, placeSeed: Seed.part(seed, "place/" + place.placeID.rawValue) & Self.seedMask)
    }
}

/// The shot's clock before anybody has spoken: estimated, and put right when the takes are there.
struct DraftClock {
    let spans: [(start: Int, end: Int)]
    let total: Int

    init(_ texts: [String], silentMS: Int) {
        var spans: [(start: Int, end: Int)] = []
        var time = 400
        for text in texts {
            let end = time + Estimate.speech(text)
            spans.append((time, end))
            time = end + 350
        }
        self.spans = spans
        total = max(300, min(60_000, spans.last.map { $0.end + 300 } ?? silentMS))
    }

    /// A moment inside a line; silent shots have only their start.
    func time(_ fraction: Double, of line: Int) -> Int {
        guard spans.indices.contains(line) else { return Int(fraction * Double(total)) }
        return spans[line].start + Int(fraction * Double(spans[line].end - spans[line].start))
    }
}
