// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts

/// A walk or a run across the frame: through it alone, into it to others, out of it, or up to somebody.
struct Journey {
    struct Frame {
        var people: [CharacterID]
        var spots: [Staging.Spot]
        /// Everybody goes, so they go the same way.
        var allTravel: Bool
    }

    let figure: Figure
    let spot: Staging.Spot
    let frame: Frame

    /// Sets where the actor starts and which way they face, and says where they go until when.
    func beats(of actor: inout ShotDSL.Actor, line: Int, clock: DraftClock, goal: CharacterID?) -> [ShotDSL.Beat] {
        let path = path(to: goal.flatMap { frame.people.firstIndex(of: $0) }.map { frame.spots[$0].x })
        if line == 0 {
            actor.x = rounded(path.start)
            actor.facing = path.end >= path.start ? "right" : "left"
        }
        var beats = [ShotDSL.Beat(atMS: line == 0 ? 0 : clock.time(0, of: line), toX: rounded(path.end))]
        let stops = !figure.changes.contains { $0.pose != nil }
        if path.arrives, stops { beats.append(ShotDSL.Beat(atMS: clock.time(0.85, of: line), pose: "stand")) }
        return beats
    }

    private func path(to goal: Double?) -> (start: Double, end: Double, arrives: Bool) {
        let isRun = figure.pose == "run"
        if frame.people.count == 1 {
            let way = spot.facing == "left" ? -1.0 : 1.0
            return (0.5 - way * (isRun ? 0.34 : 0.22), 0.5 + way * (isRun ? 0.22 : 0.12), false)
        }
        if frame.allTravel { return (spot.x - 0.12, spot.x + 0.12, false) }
        let isLeft = spot.x <= 0.5
        if figure.isArriving { return (isLeft ? 0.04 : 0.96, spot.x, true) }
        let reach = figure.changes.contains { $0.pose == "embrace" } ? 0.07 : 0.12
        if let goal { return (spot.x, goal + (spot.x > goal ? reach : -reach), true) }
        return (spot.x, isLeft ? spot.x - 0.26 : spot.x + 0.26, false)
    }

    private func rounded(_ value: Double) -> Double { (min(0.97, max(0.03, value)) * 1000).rounded() / 1000 }
}
