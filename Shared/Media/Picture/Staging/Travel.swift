// Picture · pure · sees Contracts, Policies

/// One stretch of somebody's way.
struct Leg: Hashable, Sendable {
    var start: Double
    var end: Double
    var from: Double
    var to: Double
    var gait: Gait
    /// Cycles of the legs already walked before it.
    var cyclesBefore: Double
    /// One cycle in units of the frame.
    var cycleWay: Double

    func x(at time: Double) -> Double {
        guard end > start else { return to }
        return mix(from, to, clamp((time - start) / (end - start)))
    }

    func cycles(at time: Double) -> Double {
        cyclesBefore + abs(x(at: time) - from) / cycleWay
    }
}

/// Where somebody is from moment to moment.
struct Travel: Hashable, Sendable {
    private(set) var start: Double
    private(set) var legs: [Leg] = []

    init(at x: Double) { start = x }

    /// Adds a way from where the last one ended. Steps are sized so that the feet keep up with the body.
    mutating func go(to x: Double, from begin: Double, until end: Double, running: Bool, legLength: Double) {
        let here = legs.last?.to ?? start
        guard abs(x - here) > 2, end - begin > 0.1, legLength > 1 else { return }
        let speed = abs(x - here) / (end - begin)
        var gait = running ? Gait.running : Gait.walking
        // About one cycle a second for a walk, one and a half for a run.
        let wanted = speed / legLength / (running ? 1.5 : 0.95) * gait.contact
        gait.step = running ? clamp(wanted, 0.7, 1.3) : clamp(wanted, 0.30, 0.82)
        let before = legs.last.map { $0.cycles(at: $0.end) } ?? 0.1
        legs.append(
            Leg(
                start: begin, end: end, from: here, to: x, gait: gait, cyclesBefore: before,
                cycleWay: gait.cycle * legLength))
    }

    func x(at time: Double) -> Double {
        guard let leg = legs.last(where: { $0.start <= time }) else { return start }
        return leg.x(at: time)
    }

    /// The leg being walked now.
    func leg(at time: Double) -> Leg? { legs.last { $0.start <= time && time < $0.end } }

    /// -1 to the left, 1 to the right, nil when nobody moves.
    func heading(at time: Double) -> Double? {
        guard let leg = leg(at: time) else { return nil }
        return leg.to > leg.from ? 1 : -1
    }

    /// How much the body walks now: 1 on the way, easing in and out at its ends.
    func share(at time: Double) -> Double {
        guard let leg = legs.last(where: { $0.start <= time }) else { return 0 }
        let rise = leg.start < 0.05 ? 1 : Ease.smooth((time - leg.start) / 0.25)
        return time < leg.end ? rise : 1 - Ease.smooth((time - leg.end) / 0.35)
    }

    /// The stepping body now, also while it comes to rest.
    func pose(at time: Double) -> Pose? {
        guard let leg = legs.last(where: { $0.start <= time }) else { return nil }
        return leg.gait.pose(at: leg.cycles(at: min(time, leg.end)))
    }
}
