// GatewayTests · tests · sees Contracts, GatewayCore
import Contracts
import GatewayCore
import Testing

@Suite("A change of a timeline")
struct TimelineEditTests {
    private let shots = (1...3).map { ShotID(ordinal: $0) }
    private let spoken = LineID(ordinal: 1)

    /// Three shots of two seconds; in the second a line is heard from 2500 to 3500.
    private var timeline: Timeline {
        Timeline(
            framesPerSecond: 24,
            shots: shots.enumerated().map { ShotSpan(shotID: $1, firstFrame: $0 * 48, frames: 48) },
            lines: [LineSpan(lineID: spoken, shotID: shots[1], startMS: 2500, endMS: 3500)])
    }

    private func edit(
        _ kind: TimelineEdit.Kind, _ shot: Int? = nil, line: LineID? = nil,
        _ change: (inout TimelineEdit) -> Void = { _ in }
    ) -> TimelineEdit {
        var edit = TimelineEdit(kind, shot: shot.map { ShotID(ordinal: $0) }, line: line)
        change(&edit)
        return edit
    }

    private func fault(_ edit: TimelineEdit) -> String? {
        do { _ = try timeline.edited(by: edit) } catch { return error.field }
        return nil
    }

    @Test("lets a shot show longer; what follows moves, and a line stays where it is in its shot")
    func duration() throws {
        let next = try timeline.edited(by: edit(.setDuration, 1) { $0.durationMS = 3000 })
        #expect(next.shots.map(\.frames) == [72, 48, 48] && next.shots.map(\.firstFrame) == [0, 72, 120])
        #expect(next.lines[0].startMS == 3500 && next.lines[0].endMS == 4500 && next.durationMS == 7000)
    }

    @Test("puts a shot elsewhere with its lines, or leaves both out")
    func order() throws {
        let first = try timeline.edited(by: edit(.move, 2) { $0.before = ShotID(ordinal: 1) })
        #expect(first.shots.map(\.shotID) == [shots[1], shots[0], shots[2]] && first.lines[0].startMS == 500)
        let last = try timeline.edited(by: edit(.move, 1))
        #expect(
            last.shots.map(\.shotID) == [shots[1], shots[2], shots[0]] && last.shots.map(\.firstFrame) == [0, 48, 96])
        let short = try timeline.edited(by: edit(.remove, 2))
        #expect(short.shots.map(\.shotID) == [shots[0], shots[2]] && short.lines.isEmpty && short.frames == 96)
    }

    @Test("moves a line within its shot")
    func shift() throws {
        let next = try timeline.edited(by: edit(.shiftLine, line: spoken) { $0.byMS = -500 })
        #expect(next.lines == [LineSpan(lineID: spoken, shotID: shots[1], startMS: 2000, endMS: 3000)])
        #expect(fault(edit(.shiftLine, line: spoken) { $0.byMS = -501 }) == "by_ms")
        #expect(fault(edit(.shiftLine, line: spoken) { $0.byMS = 501 }) == "by_ms")
    }

    @Test("is refused with the field that is wrong")
    func refused() throws {
        #expect(fault(edit(.setDuration, 2) { $0.durationMS = 1400 }) == "duration_ms", "its line needs 1500")
        #expect(fault(edit(.setDuration, 2)) == "duration_ms" && fault(edit(.remove, 9)) == "shot_id")
        #expect(fault(edit(.move, 1) { $0.before = ShotID(ordinal: 1) }) == "before_shot_id")
        #expect(fault(edit(.prompt, 1)) == "patch_text" && fault(edit(.remove)) == "shot_id")
        #expect(fault(edit(.shiftLine, line: LineID(ordinal: 9)) { $0.byMS = 1 }) == "line_id")
        var lone = timeline
        lone.shots = [timeline.shots[0]]
        #expect(throws: TimelineEdit.Fault.self) { try lone.edited(by: edit(.remove, 1)) }
    }
}
