// Picture · pure · sees Contracts, Policies
import Contracts

/// Chooses what the frame is built round, and how the lens gets there.
struct CameraPlan {
    let dsl: ShotDSL
    let reading: ShotReading
    let performers: [Performer]
    let props: [StagedProp]
    let seconds: Double

    init(
        _ dsl: ShotDSL, _ reading: ShotReading, performers: [Performer], props: [StagedProp], seconds: Double
    ) {
        self.dsl = dsl
        self.reading = reading
        self.performers = performers
        self.props = props
        self.seconds = seconds
    }

    func path() -> CameraPath {
        let focus = focus()
        let framing = Framing(
            size: reading.size, isIndoors: reading.place.isIndoors, view: reading.view, heads: focus.map(head),
            things: things(),
            object: focusedObject(focus.isEmpty))
        let lens = CameraPath.kept(framing.lens(), reading.view)
        var path = CameraPath(lens, reading.move, strength: dsl.camera.strength, seconds: seconds)
        path.stayInside(reading.view)
        follow(&path, focus)
        return path
    }

    /// Named people; else who speaks in a near shot; else everybody.
    private func focus() -> [Int] {
        let named = performers.indices.filter { index in
            let isHidden = reading.size == .overShoulder && performers[index].isShadow
            return !isHidden && dsl.camera.focus.contains(performers[index].look.id.rawValue)
        }
        if !named.isEmpty { return named }
        if reading.size == .closeUp || reading.size == .extremeCloseUp {
            let speaking = performers.indices.filter { !performers[$0].voice.isSilent }
            if let first = speaking.first { return [first] }
            return performers.isEmpty ? [] : [0]
        }
        if reading.size == .overShoulder { return performers.indices.filter { !performers[$0].isShadow } }
        return Array(performers.indices)
    }

    private func head(_ index: Int) -> HeadBox {
        let performer = performers[index]
        // A traveller is framed where half of the way is done.
        let moment = performer.isTravelling ? seconds / 2 : 0
        let acting = performer.acting(at: moment)
        let rig = Portrait.rig(performer.look, performer.figure, acting)
        let side = performer.side(at: moment)
        let lies = acting.pose.lying
        let offset = lies > 0.5 ? Point(performer.figure.height * 0.4, -performer.figure.height * 0.1) : rig.head
        return HeadBox(
            middle: Point(performer.x(at: moment) + offset.x * side, performer.y + offset.y),
            radius: performer.figure.headRadius, side: performer.facing == .front ? 0 : side, foot: performer.y)
    }

    /// Things that stand among the people, as far as they are not scenery.
    private func things() -> [Box] {
        let reach = props.prefix(6).filter { $0.kind != .tree && $0.kind != .kite && $0.depth < 0.7 }
        return reach.map { box(of: $0) }
    }

    private func box(of prop: StagedProp) -> Box {
        let extent = prop.kind.extent
        return Box(
            x: prop.at.x + extent.x * prop.unit, y: prop.at.y + extent.y * prop.unit,
            width: extent.width * prop.unit, height: extent.height * prop.unit)
    }

    private func focusedObject(_ noPeople: Bool) -> Box? {
        let named = props.first { prop in
            dsl.camera.focus.contains(prop.id) || dsl.camera.focus.contains(prop.kind.rawValue)
        }
        guard let prop = named ?? props.first(where: { $0.isOnProp }) ?? props.first else { return nil }
        return box(of: prop)
    }

    /// The lens goes along with travellers: all the way when it is near, most of it when asked to track.
    private func follow(_ path: inout CameraPath, _ focus: [Int]) {
        let travellers = focus.filter { performers[$0].isTravelling }
        guard !travellers.isEmpty else { return }
        path.follows = travellers
        switch reading.size {
        case .closeUp, .extremeCloseUp, .medium, .overShoulder: path.followShare = 1
        case .wide, .pov: path.followShare = reading.move == .tracking ? 0.85 : 0.35
        case .establishing, .extremeWide, .insert: path.followShare = reading.move == .tracking ? 0.4 : 0
        }
        // Half of the travellers' group may stand still; then the lens does not leave them behind.
        if travellers.count < focus.count { path.followShare *= 0.5 }
    }
}
