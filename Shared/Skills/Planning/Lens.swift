// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Policies

/// What the camera does in a shot: mostly nothing, and when it moves, for a reason.
struct Lens {
    let sketch: Sketch
    let passage: Passage
    /// Chance for the choices that do not matter.
    let seed: UInt64

    func camera(focus: [String], travels: Bool, looksUp: Bool) -> ShotDSL.Camera {
        let (movement, strength) = move(travels: travels, looksUp: looksUp)
        let isLow = sketch.setup.framing == .wide && passage.mood == "epic"
        return ShotDSL.Camera(
            framing: sketch.setup.framing.rawValue, angle: isLow ? "low" : "eye", movement: movement,
            strength: strength,
            focus: focus)
    }

    private func move(travels: Bool, looksUp: Bool) -> (String, Double) {
        if sketch.isClosing { return ("pull_out", 0.6) }
        if sketch.isTitle { return ("push_in", 0.4) }
        switch sketch.setup.framing {
        case .establishing:
            if travels { return ("tracking", 0.4) }
            return Seed.unit(seed, 1) < 0.5 ? ("pan_right", 0.5) : ("push_in", 0.4)
        case .wide:
            if travels { return ("tracking", 0.6) }
            return looksUp || sketch.setup.prop != nil ? ("tilt_up", 0.5) : ("static", 0.5)
        case .medium:
            if looksUp { return ("tilt_up", 0.3) }
            let isWarm = ["tender", "tense", "sad", "mysterious"].contains(passage.mood)
            return sketch.setup.people.count > 1 && isWarm ? ("push_in", 0.45) : ("static", 0.5)
        case .closeUp: return passage.affect?.isStrong ?? false ? ("push_in", 0.3) : ("static", 0.5)
        case .insert: return ("static", 0.5)
        }
    }
}
