// Picture · pure · sees Contracts, Policies
import Contracts
import Policies

/// Turns the cast of a shot into performers on their marks.
struct Casting {
    let dsl: ShotDSL
    let profiles: [Profile]
    let place: PlaceKind
    let seconds: Double
    /// How much of the 1280 units across are in the frame; narrow films bring people together.
    let breadth: Double
    var record: Degradations

    /// A grown person's height in units.
    static let adult = 250.0
    static let ground = 640.0

    init(_ dsl: ShotDSL, _ profiles: [Profile], _ place: PlaceKind, seconds: Double, breadth: Double) {
        self.dsl = dsl
        self.profiles = profiles
        self.place = place
        self.seconds = seconds
        self.breadth = breadth
        record = Degradations()
    }

    /// The people in the picture; the narrator is only heard.
    private var actors: [ShotDSL.Actor] {
        Array(dsl.cast.filter { $0.entityID != .narrator }.prefix(8))
    }

    mutating func perform() -> [Performer] {
        let actors = actors
        if dsl.cast.count > 8 {
            record.note("$.cast", "\(dsl.cast.count) people", used: "8 people", .outOfRange)
        }
        noteTheLost(actors)
        let looks = actors.enumerated().map { index, role in look(of: role, at: index) }
        let names = actors.enumerated().map { index, role in
            Vocabularies.poses.read(role.pose, at: "$.cast[\(index)].pose", &record)
        }
        let marks = marks(actors, looks, names)
        var performers: [Performer] = []
        for (index, role) in actors.enumerated() {
            performers.append(performer(role, index, looks[index], marks[index], names[index]))
        }
        faceEachOther(&performers, actors)
        for index in performers.indices { send(&performers, index, actors[index]) }
        for index in performers.indices { direct(&performers[index], actors, index) }
        return performers
    }

    /// Names that lead nowhere are dropped: the lens looks elsewhere, and who is not here is only heard.
    private mutating func noteTheLost(_ actors: [ShotDSL.Actor]) {
        let people = Set(actors.map(\.entityID))
        let things = Set(dsl.props.flatMap { [$0.id, $0.kind] })
        for (index, name) in dsl.camera.focus.enumerated()
        where !things.contains(name) && !people.contains(where: { $0.rawValue == name }) {
            record.note("$.camera.focus[\(index)]", name, used: "the others", .dangling)
        }
        for (index, line) in dsl.lines.enumerated() where line.speaker != .narrator && !people.contains(line.speaker) {
            record.note("$.lines[\(index)].speaker", line.speaker.rawValue, used: "a voice", .dangling)
        }
    }

    private mutating func look(of role: ShotDSL.Actor, at index: Int) -> Look {
        if let profile = profiles.first(where: { $0.characterID == role.entityID }) {
            return Look(profile.wearing(role.wears), at: "$.profiles[\(role.entityID)]", &record)
        }
        record.note("$.cast[\(index)].entity_id", role.entityID.rawValue, used: "a look of our own", .noProfile)
        return Look.invented(for: role.entityID)
    }

    // MARK: marks

    private mutating func marks(_ actors: [ShotDSL.Actor], _ looks: [Look], _ names: [PoseName]) -> [Mark] {
        let isClose = names.contains { $0.isClose }
        let defaults = defaultMarks(actors, isClose)
        var wanted: [Double] = []
        var gaps: [Double] = []
        for index in actors.indices {
            let depth = actors[index].x == nil ? defaults[index].depth : clamp(actors[index].depth)
            let x = actors[index].x.map { clamp($0, 0.02, 0.98) } ?? defaults[index].x
            wanted.append(0.5 + (x - 0.5) * breadth)
            gaps.append(gap(looks[index], names[index], depth, isClose))
        }
        let edge = 0.5 * (1 - breadth)
        let spread = Marks.spread(wanted, gaps: gaps, low: edge + 0.06, high: 1 - edge - 0.06)
        return actors.indices.map { index in
            let depth = actors[index].x == nil && actors[index].depth == 0 ? defaults[index].depth : actors[index].depth
            return Mark(x: spread[index], depth: clamp(depth))
        }
    }

    /// Room a person needs, as a share of 1280: their head with hair, and air.
    private func gap(_ look: Look, _ pose: PoseName, _ depth: Double, _ isClose: Bool) -> Double {
        let head = Figure(look, adult: Casting.adult * Casting.scale(at: depth)).headRadius
        if isClose { return head * 2.0 / 1280 }
        let reach = pose == .lie ? 10.5 : (pose.isTravelling || pose == .point || pose == .give ? 4.2 : 3.7)
        return head * reach / 1280
    }

    static func scale(at depth: Double) -> Double { 1 - depth * 0.34 }

    /// The staging table, left to right; who is on the scene's left stays there.
    private func defaultMarks(_ actors: [ShotDSL.Actor], _ isClose: Bool) -> [Mark] {
        let places = Marks.places(actors.count, isClose: isClose)
        if actors.count == 1, let only = actors.first {
            let looksLeft = only.facing == "left" || dsl.axis.right == only.entityID
            return [Mark(x: looksLeft ? 0.60 : 0.40, depth: 0)]
        }
        func rank(_ index: Int) -> Int {
            if actors[index].entityID == dsl.axis.left { return -1 }
            if actors[index].entityID == dsl.axis.right { return 1 }
            return 0
        }
        let order = actors.indices.sorted { rank($0) == rank($1) ? $0 < $1 : rank($0) < rank($1) }
        var made = places
        for (place, index) in order.enumerated() { made[index] = places[place] }
        return made
    }

    // MARK: people

    private mutating func performer(
        _ role: ShotDSL.Actor, _ index: Int, _ look: Look, _ mark: Mark, _ pose: PoseName
    ) -> Performer {
        let figure = Figure(look, adult: Casting.adult * Casting.scale(at: mark.depth))
        let path = "$.cast[\(index)]"
        let expression = Vocabularies.expressions.read(role.expression, at: path + ".expression", &record)
        var held: PropKind?
        let inHand = role.holding.near
        if !inHand.isEmpty {
            let kind = dsl.props.first { $0.id == inHand && !$0.id.isEmpty }?.kind ?? inHand
            held = Vocabularies.props.read(kind, at: path + ".holding.near", &record)
        }
        var made = Performer(
            look: look, figure: figure, y: Casting.ground - mark.depth * place.rise, depth: mark.depth,
            facing: .right, travel: Travel(at: mark.x * 1280), poses: [Cue(at: 0, value: pose)],
            expressions: [Cue(at: 0, value: expression)], gazes: [Cue(at: 0, value: .ahead)],
            voice: Voice(of: role.entityID, in: dsl.lines), held: held,
            seed: Seed.part(dsl.seed, look.id.rawValue))
        made.isShadow = role.state.contains("silhouette")
        return made
    }

    /// The nearest thing, when the pose does something with it.
    private func handled(by performer: Performer) -> Double? {
        let acts: [PoseName] = [.reach, .point, .give, .kneel, .hold, .lookUp]
        guard acts.contains(performer.poses[0].value) else { return nil }
        let places = dsl.props.map { clamp($0.x) * 1280 }
        return places.min { abs($0 - performer.travel.start) < abs($1 - performer.travel.start) }
    }

    /// Said sides first, then the axis, then toward each other; somebody alone looks into the frame.
    private func faceEachOther(_ performers: inout [Performer], _ actors: [ShotDSL.Actor]) {
        let middle = performers.isEmpty ? 0 : performers.map { $0.travel.start }.reduce(0, +) / Double(performers.count)
        for index in performers.indices {
            let role = actors[index]
            switch role.facing {
            case "left": performers[index].facing = .left
            case "right": performers[index].facing = .right
            case "front": performers[index].facing = .front
            case "away", "back": performers[index].facing = .away
            default:
                if role.entityID == dsl.axis.left {
                    performers[index].facing = .right
                } else if role.entityID == dsl.axis.right {
                    performers[index].facing = .left
                } else if performers.count == 1, let thing = handled(by: performers[index]) {
                    performers[index].facing = performers[index].travel.start <= thing ? .right : .left
                } else if performers.count == 1 {
                    performers[index].facing = performers[index].travel.start <= 640 ? .right : .left
                } else {
                    performers[index].facing = performers[index].travel.start <= middle ? .right : .left
                }
            }
        }
    }
}
