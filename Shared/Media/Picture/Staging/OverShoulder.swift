// Picture · pure · sees Contracts, Policies
import Contracts

/// Puts the listener between the lens and the one who is looked at: large, dark, from behind, at the edge of the frame.
struct OverShoulder {
    private let isWanted: Bool
    private let focus: [String]

    init(_ dsl: ShotDSL, _ reading: ShotReading) {
        isWanted = reading.size == .overShoulder
        focus = dsl.camera.focus
    }

    /// How far beside the face the near head stands, in units.
    static let aside = 176.0

    func arranged(_ performers: [Performer]) -> [Performer] {
        guard isWanted, performers.count >= 2 else { return performers }
        let far = subject(performers)
        guard let near = performers.indices.first(where: { $0 != far }) else { return performers }
        var made = performers
        let side = performers[far].side(at: 0)
        made[near].figure = Figure(performers[near].look, adult: Casting.adult * 1.55)
        made[near].travel = Travel(at: performers[far].x(at: 0) + side * OverShoulder.aside)
        // Their heads come out at one height, whoever is taller.
        made[near].y = performers[far].y + made[near].figure.height - performers[far].figure.height + 12
        made[near].depth = -1
        made[near].facing = .away
        made[near].isShadow = true
        return made
    }

    /// The first one named; else who speaks; else the first.
    private func subject(_ performers: [Performer]) -> Int {
        performers.firstIndex { focus.contains($0.look.id.rawValue) }
            ?? performers.firstIndex { !$0.voice.isSilent } ?? 0
    }
}
