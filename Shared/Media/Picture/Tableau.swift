// Picture · pure · sees Contracts, Policies
package import Contracts
import Policies

/// A shot ready to be drawn: everything decided, no pixel made. Any frame of it can be drawn alone.
package struct Tableau {
    package let dsl: ShotDSL
    package let pack: any StylePack
    package let place: PlaceKind
    package let weather: Weather
    package let light: Light
    package let layers: [Layer]
    package let performers: [Performer]
    package let props: [StagedProp]
    package let camera: CameraPath
    package let size: ShotSize
    /// What the frame shows at zoom 1, in units: as wide as the film is.
    package let view: Box
    package let frames: Int
    package let fps: Int
    package let words: CardWords
    package let degradations: [Degradation]

    package var seconds: Double { Double(frames) / Double(fps) }
    package var isIndoors: Bool { place.isIndoors }
    /// The light people and things stand in.
    package var actionLight: Light { isIndoors ? light.indoors : light }

    /// `aspect` is the film's width by its height.
    package init(_ dsl: ShotDSL, profiles: [Profile], aspect: Double = 16.0 / 9) throws(TableauFailure) {
        self.dsl = dsl
        (frames, fps) = try Tableau.measure(dsl.timing)
        view = Tableau.view(aspect)
        let plan = ShotReading(dsl, view: view)
        var record = plan.record
        place = plan.place
        weather = plan.weather
        light = plan.light
        pack = plan.pack
        size = plan.size
        words = CardWords(title: plan.title, placeCard: plan.placeCard, credit: dsl.text.credit)
        let seconds = Double(frames) / Double(fps)
        var casting = Casting(dsl, profiles, place, seconds: seconds, breadth: min(1, view.width / 1280 * 1.12))
        let cast = casting.perform()
        record.merge(casting.record)
        let dressing = Dressing(dsl, plan, performers: cast, record)
        props = dressing.props
        performers = OverShoulder(dsl, plan).arranged(dressing.seated(cast))
        record = dressing.record
        camera = CameraPlan(dsl, plan, performers: performers, props: props, seconds: seconds).path()
        layers = LayerPlan(plan, props: props, performers: performers).layers()
        degradations = record.all
    }

    private static func measure(_ timing: ShotDSL.Timing) throws(TableauFailure) -> (Int, Int) {
        guard (1...120).contains(timing.fps) else { throw .framesPerSecond(timing.fps) }
        guard (20...600_000).contains(timing.durationMS) else { throw .duration(timing.durationMS) }
        return (max(1, (timing.durationMS * timing.fps + 500) / 1000), timing.fps)
    }

    private static func view(_ aspect: Double) -> Box {
        let shape = clamp(aspect, 0.4, 3)
        let width = shape < 16.0 / 9 ? 720 * shape : 1280
        let height = shape < 16.0 / 9 ? 720 : 1280 / shape
        return Box(x: 640 - width / 2, y: 360 - height / 2, width: width, height: height)
    }
}

/// Words over the picture.
package struct CardWords: Hashable, Sendable {
    package var title: String
    package var placeCard: String
    package var credit: String
}

/// Why a shot cannot become a picture at all.
package enum TableauFailure: Error, Hashable, Sendable {
    case duration(Int)
    case framesPerSecond(Int)
}
