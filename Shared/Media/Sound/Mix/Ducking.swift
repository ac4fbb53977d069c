// Sound · pure · sees Contracts, Policies
import Foundation

/// Makes room for speech. Computed from the cue sheet and not from the sound: a compressor would hear the level of the
/// voice, come too late, and open between words.
package struct Ducking {
    /// Speech on the film's clock in samples, near lines as one.
    private let spans: [Range<Int>]
    private let before = frames(0.12)
    private let after = frames(0.35)
    /// Shorter pauses stay down: a bed that pumps is worse than one that is low.
    private static let gap = frames(0.5)

    package init(lines: [LineCue]) { self.init(times: lines.map { ($0.startMS, $0.endMS) }) }

    /// For what is sudden and loud: a moment in which it alone is heard.
    init(moments: [Int]) { self.init(times: moments.map { ($0, filmFrame($0) / (filmRate / 1000) + 300) }) }

    private init(times: [(startMS: Int, endMS: Int)]) {
        let wanted = times.filter { $0.endMS > $0.startMS }.map { filmFrame($0.startMS)..<filmFrame($0.endMS) }
        spans = wanted.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, span in
            if let last = merged.last, span.lowerBound - last.upperBound < Ducking.gap {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                merged.append(span)
            }
        }
    }

    /// Lowers a bed that begins at `start` of the film by `depth` dB wherever there is speech.
    package func duck(_ bed: inout Stereo, at start: Int, by depth: Double) {
        for span in spans {
            let from = max(0, span.lowerBound - before - start)
            let to = min(bed.frames, span.upperBound + after - start)
            guard from < to else { continue }
            for frame in from..<to {
                let factor = gain(depth * closeness(of: frame + start, to: span))
                bed.left[frame] *= factor
                bed.right[frame] *= factor
            }
        }
    }

    /// 1 while there is speech, 0 well before and after, no corner between.
    private func closeness(of frame: Int, to span: Range<Int>) -> Double {
        if frame < span.lowerBound { return smooth(1 - Double(span.lowerBound - frame) / Double(before)) }
        if frame < span.upperBound { return 1 }
        return smooth(1 - Double(frame - span.upperBound) / Double(after))
    }
}

/// A time of the film in samples, exactly. Times from outside may be any number: none is beyond a day.
func filmFrame(_ milliseconds: Int) -> Int { min(max(milliseconds, -86_400_000), 86_400_000) * (filmRate / 1000) }
