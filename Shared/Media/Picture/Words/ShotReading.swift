// Picture · pure · sees Contracts, Policies
import Contracts
import Policies

/// The words of a shot in the engine's own terms.
struct ShotReading {
    let place: PlaceKind
    let weather: Weather
    let light: Light
    let site: Site
    let pack: any StylePack
    let size: ShotSize
    let move: CameraMove
    let view: Box
    let crowd: Crowd?
    /// Text over the picture: the shot's own, or the word for a place we cannot draw.
    let title: String
    let placeCard: String
    private(set) var record = Degradations()

    init(_ dsl: ShotDSL, view: Box) {
        self.view = view
        let hour = Vocabularies.hours.read(dsl.light.time, at: "$.light.time", &record)
        let sky = Vocabularies.skies.read(dsl.light.weather, at: "$.light.weather", &record)
        let mood = Vocabularies.moods.read(dsl.light.mood, at: "$.light.mood", &record)
        size = Vocabularies.sizes.read(dsl.camera.framing, at: "$.camera.framing", &record)
        move = Vocabularies.moves.read(dsl.camera.movement, at: "$.camera.movement", &record)
        if let many = dsl.crowd {
            let kind = Vocabularies.crowds.read(many.kind, at: "$.crowd.kind", &record)
            crowd = Crowd(many, kind, seed: dsl.seed)
        } else {
            crowd = nil
        }
        weather = Weather(sky, amount: dsl.light.amount, wind: dsl.light.wind)
        light = Light(hour, weather, mood: mood)
        if let known = StylePacks.named(dsl.pack) {
            pack = known
        } else {
            pack = FlatVector()
            record.note("$.style.pack", dsl.pack, used: "flat_vector", .generic)
        }
        let finding = PlaceFinding(dsl, &record)
        place = finding.place
        title = dsl.text.title
        placeCard = dsl.text.placeCard.isEmpty ? finding.card : dsl.text.placeCard
        let seed = dsl.setting.placeSeed != 0 ? dsl.setting.placeSeed : Seed.hash(dsl.setting.kind + dsl.setting.label)
        site = Site(
            light: light, weather: weather, seed: seed, variant: finding.variant,
            features: finding.features)
    }
}

/// Which recipe draws a setting, and in which variant.
struct PlaceFinding {
    var place: PlaceKind
    var variant: String
    var features: [String]
    /// The word itself, shown when the place had to be a plain one.
    var card = ""

    init(_ dsl: ShotDSL, _ record: inout Degradations) {
        let setting = dsl.setting
        let finding = Vocabularies.places.find(setting.kind)
        place = finding.meaning.kind
        variant = setting.variant.isEmpty ? finding.meaning.variant : Vocabulary<PlaceWord>.plain(setting.variant)
        features = setting.features.map { Vocabulary<PlaceWord>.plain($0) } + finding.meaning.features
        if setting.culture.hasPrefix("cn"), variant.isEmpty { variant = "chinese" }
        if let rule = finding.rule {
            if rule == .generic, Vocabularies.soundsIndoors(setting.kind + setting.label) { place = .room }
            let used = rule == .generic ? place.rawValue : finding.meaning.name
            record.note("$.setting.kind", setting.kind, used: used, rule)
            if rule == .generic { card = setting.label.isEmpty ? setting.kind : setting.label }
        }
        if place == .sea, ["pier", "harbour", "quay"].contains(variant) { place = .harbour }
        if place == .room, variant.isEmpty, features.contains("lighthouse") {
            variant = "lamp_room"
            features.append("sea")
        }
        // Nobody walks on the open sea: people there stand on a deck or on the shore.
        if place == .sea, dsl.cast.contains(where: { $0.entityID != .narrator }) {
            let sails =
                dsl.props.contains { ["boat", "ship", "raft"].contains($0.kind) } || ["ship", "deck"].contains(variant)
            if sails { variant = "deck" } else { place = .shore }
        }
    }
}

/// A word for a place: the recipe, and what that word adds to it.
struct PlaceWord: Hashable, Sendable {
    var kind: PlaceKind
    var variant = ""
    var features: [String] = []

    init(_ kind: PlaceKind, _ variant: String = "", _ features: [String] = []) {
        self.kind = kind
        self.variant = variant
        self.features = features
    }
}
