// Picture · pure · sees Contracts, Policies
import Contracts
import Policies

/// Puts the things of a shot in their places, and seats under people who sit.
struct Dressing {
    private(set) var props: [StagedProp] = []
    private(set) var record: Degradations
    private let place: PlaceKind
    private let light: Light

    /// One of a thing's own units in units of the frame, at the front.
    static let unit = 0.78

    init(_ dsl: ShotDSL, _ reading: ShotReading, performers: [Performer], _ record: Degradations) {
        place = reading.place
        light = reading.light
        self.record = record
        for (index, prop) in dsl.props.prefix(24).enumerated() { stage(prop, index, dsl) }
        stack(dsl)
        if reading.size == .insert { setTable(dsl) }
        addSeats(for: performers, dsl)
        if let crowd = reading.crowd, let animal = crowd.kind.animal { addHerd(crowd, of: animal) }
    }

    /// Animals of a crowd: on the ground, or in the air when they can fly and nothing is above them.
    private mutating func addHerd(_ crowd: Crowd, of animal: PropKind) {
        let flies = animal == .bird && !place.isIndoors
        for spot in crowd.spots().prefix(16) {
            let level = flies ? 230 + 190 * spot.back : Casting.ground - crowd.depth * place.rise - spot.back * 12
            props.append(
                StagedProp(
                    id: "", kind: animal, at: Point(spot.x, level), unit: Dressing.unit * (0.9 - crowd.depth * 0.34),
                    depth: max(0.7, crowd.depth), label: "", isLit: false, isOpen: false, colour: nil, isOnProp: flies,
                    seed: spot.seed))
        }
    }

    private mutating func stage(_ prop: ShotDSL.Prop, _ index: Int, _ dsl: ShotDSL) {
        let path = "$.props[\(index)]"
        let kind = Vocabularies.props.read(prop.kind, at: path + ".kind", &record)
        let depth = clamp(prop.depth)
        let scale = prop.scale == 0 ? 1 : clamp(prop.scale, 0.3, 3)
        let ground = Casting.ground - depth * place.rise
        var colour: Colour?
        if !prop.colour.isEmpty {
            colour = Colour(hex: prop.colour)
            if colour == nil { record.note(path + ".colour", prop.colour, used: "its usual colour", .outOfRange) }
        }
        let state = prop.state
        let isAfloat = kind == .boat && place.hasWater
        // Water lies behind the people: a boat on it is higher in the picture and smaller.
        let level = isAfloat ? place.waterline - depth * (place.waterline - 440) : ground - kind.flight
        let distance = isAfloat ? 1 - depth * 0.62 : 1 - depth * 0.34
        props.append(
            StagedProp(
                id: prop.id, kind: kind, at: Point(clamp(prop.x, 0.02, 0.98) * 1280, level),
                unit: Dressing.unit * scale * kind.readableSize * distance, depth: isAfloat ? max(0.9, depth) : depth,
                label: prop.label.isEmpty ? prop.kind : prop.label,
                isLit: state == "lit" || (state != "unlit" && light.wantsLamps), isOpen: state == "open",
                colour: colour, isOnProp: false, seed: Seed.part(dsl.seed, prop.id + prop.kind)))
    }

    /// Things that stand on other things.
    private mutating func stack(_ dsl: ShotDSL) {
        for (index, prop) in dsl.props.prefix(24).enumerated() where !prop.on.isEmpty {
            let below =
                props.firstIndex { !$0.id.isEmpty && $0.id == prop.on }
                ?? props.firstIndex { $0.kind.rawValue == prop.on }
            guard let below, below != index else {
                record.note("$.props[\(index)].on", prop.on, used: "the ground", .dangling)
                continue
            }
            let table = props[below]
            let half = table.kind.topWidth / 2 * table.unit
            props[index].at.x = clamp(props[index].at.x, table.at.x - half * 0.8, table.at.x + half * 0.8)
            props[index].at.y = table.at.y - table.kind.topHeight * table.unit
            props[index].depth = max(0, table.depth - 0.001)
            props[index].isOnProp = true
        }
    }

    /// A small thing looked at from near lies on a table, not on the floor.
    private mutating func setTable(_ dsl: ShotDSL) {
        guard place.isIndoors, props.count == 1, !props[0].isOnProp, props[0].kind.extent.height <= 60 else { return }
        let foot = props[0].at
        props[0].at.y -= PropKind.table.topHeight * Dressing.unit
        props[0].isOnProp = true
        props.append(
            StagedProp(
                id: "", kind: .table, at: foot, unit: Dressing.unit, depth: props[0].depth + 0.001, label: "",
                isLit: false, isOpen: false, colour: nil, isOnProp: false, seed: Seed.part(dsl.seed, "table")))
    }

    /// Who sits needs something to sit on.
    private mutating func addSeats(for performers: [Performer], _ dsl: ShotDSL) {
        for performer in performers where performer.poses.contains(where: { $0.value.needsSeat }) {
            let x = performer.travel.start
            let hasSeat = props.contains { $0.kind.isSeat && abs($0.at.x - x) < 90 * $0.unit }
            guard !hasSeat else { continue }
            props.append(
                StagedProp(
                    id: "", kind: place.seat, at: Point(x, performer.y), unit: seatUnit(place.seat, performer),
                    depth: performer.depth + 0.0005, label: "", isLit: false, isOpen: false, colour: nil,
                    isOnProp: false, seed: Seed.part(dsl.seed, "seat")))
        }
    }

    /// As high as their lap.
    private func seatUnit(_ kind: PropKind, _ performer: Performer) -> Double {
        performer.figure.height * 0.205 / max(20, kind.topHeight)
    }

    /// People who sit come to their seat, and who lies to their bed.
    func seated(_ performers: [Performer]) -> [Performer] {
        performers.map { performer in
            if let lying = bedded(performer) { return lying }
            guard performer.poses[0].value.needsSeat, !performer.isTravelling else { return performer }
            var made = performer
            let near = props.filter { $0.kind.isSeat && abs($0.at.x - performer.travel.start) < 90 * $0.unit }
            guard
                let seat = near.min(by: {
                    abs($0.at.x - performer.travel.start) < abs($1.at.x - performer.travel.start)
                })
            else { return performer }
            let half = seat.kind.topWidth / 2 * seat.unit * 0.6
            let x = clamp(performer.travel.start, seat.at.x - half, seat.at.x + half)
            made.travel = Travel(at: x)
            made.depth = max(0, seat.depth - 0.001)
            made.y = seat.at.y
            return made
        }
    }

    /// On the bed beside them, with the head on its pillow.
    private func bedded(_ performer: Performer) -> Performer? {
        guard performer.poses[0].value == .lie else { return nil }
        let near = props.filter { $0.kind == .bed && abs($0.at.x - performer.travel.start) < 200 }
        guard let bed = near.first else { return nil }
        var made = performer
        made.travel = Travel(at: bed.at.x - 10 * bed.unit)
        made.y = bed.at.y - bed.kind.topHeight * bed.unit
        made.depth = max(0, bed.depth - 0.001)
        made.facing = .left
        return made
    }
}
