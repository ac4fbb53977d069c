// Picture · pure · sees Contracts, Policies
import Contracts
import Policies

/// What one person says in the shot, and the mouth that goes with it.
struct Voice: Hashable, Sendable {
    /// A mouth on the shot's clock, in milliseconds.
    struct Window: Hashable, Sendable {
        var start: Int
        var end: Int
        var shape: Viseme
    }

    struct Span: Hashable, Sendable {
        var start: Int
        var end: Int
        var isQuestion: Bool
    }

    private(set) var windows: [Window] = []
    private(set) var spans: [Span] = []

    init(of person: CharacterID, in lines: [ShotDSL.SpokenLine]) {
        for line in lines where line.speaker == person && line.kind == .speech {
            let start = min(max(0, line.startMS), 3_600_000)
            let end = min(max(start, line.endMS), 3_600_000)
            let asks = line.text.contains("?") || line.text.contains("？")
            spans.append(Span(start: start, end: end, isQuestion: asks))
            for mouth in line.visemes {
                let from = start + min(max(0, mouth.startMS), 3_600_000)
                let to = start + min(max(0, mouth.endMS), 3_600_000)
                if to > from { windows.append(Window(start: from, end: to, shape: mouth.shape)) }
            }
        }
        windows.sort { ($0.start, $0.end) < ($1.start, $1.end) }
    }

    var isSilent: Bool { spans.isEmpty }
    var hasMouths: Bool { !windows.isEmpty }

    func span(at milliseconds: Double) -> Span? {
        spans.first { Double($0.start) <= milliseconds && milliseconds < Double($0.end) }
    }

    /// The mouth at a moment; `frame` is how long the picture stands, so that no closing of the lips falls between two.
    func mouth(at milliseconds: Double, frame: Double) -> MouthShape {
        let closing = windows.first { window in
            let isClosed = window.shape == .mbp || window.shape == .fv
            let isShort = Double(window.end - window.start) < frame
            let starts = Double(window.start)
            return isClosed && isShort && starts > milliseconds - frame / 2 && starts <= milliseconds + frame / 2
        }
        if let closing { return .of(closing.shape) }
        guard let index = windows.lastIndex(where: { Double($0.start) <= milliseconds }) else { return .rest }
        let window = windows[index]
        guard milliseconds < Double(window.end) else {
            return MouthShape.of(window.shape).mixed(.rest, (milliseconds - Double(window.end)) / 60)
                .settled(after: milliseconds - Double(window.end))
        }
        let before =
            index > 0 && windows[index - 1].end >= window.start ? MouthShape.of(windows[index - 1].shape) : .rest
        // Mouths melt into each other in 40 ms, and in less where they are shorter.
        let melt = min(40, Double(window.end - window.start) * 0.5)
        return before.mixed(.of(window.shape), clamp((milliseconds - Double(window.start)) / max(1, melt)))
    }
}

extension MouthShape {
    fileprivate func settled(after milliseconds: Double) -> MouthShape { milliseconds >= 60 ? .rest : self }
}
