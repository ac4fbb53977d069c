// Sound · pure · sees Contracts, Policies
package import Contracts

/// Mouths from sounds: what the face does while a take is heard.
package enum Visemes {
    /// A mouth that is shorter than a frame of the film is not seen, so its neighbour has the time.
    static let shortest = 42
    /// Lips that press are seen to press.
    static let pressed = 60
    /// After the burst of a voiceless stop the lips are open.
    static let burst = 30

    /// Covers the whole take from 0 to its end without gaps; neighbours differ.
    package static func track(of take: TakeTiming) -> VisemeTrack {
        VisemeTrack(lineID: take.lineID, mouths: merged(readable(shapes(of: take))))
    }

    /// True when the table has a mouth for the sound, and does not have to guess.
    package static func knows(_ phone: String) -> Bool { VisemeTable.known(phone) != nil }

    /// One mouth or more a sound; before the first sound, and where nothing sounds, the face rests.
    private static func shapes(of take: TakeTiming) -> [Mouth] {
        var mouths: [Mouth] = []
        var now = 0
        // After a burst the lips are on their way to the next sound: it has the time up to its own beginning.
        var isReleasing = false
        for phone in take.phones {
            let start = isReleasing ? now : max(now, phone.startMS)
            let end = min(take.durationMS, phone.endMS)
            guard end > start else { continue }
            if start > now { mouths.append(Mouth(startMS: now, endMS: start, shape: .rest)) }
            mouths += glide(VisemeTable.shapes(of: phone.name), from: start, to: end)
            isReleasing = isVoicelessStop(phone.name)
            if isReleasing { press(&mouths) }
            now = mouths.last?.endMS ?? end
        }
        if take.durationMS > now { mouths.append(Mouth(startMS: now, endMS: take.durationMS, shape: .rest)) }
        return mouths
    }

    private static func glide(_ shapes: [Viseme], from start: Int, to end: Int) -> [Mouth] {
        shapes.indices.map { index in
            Mouth(
                startMS: start + (end - start) * index / shapes.count,
                endMS: start + (end - start) * (index + 1) / shapes.count, shape: shapes[index])
        }
    }

    private static func isVoicelessStop(_ name: String) -> Bool { name == "p" || name == "ph" }

    /// The engine marks a voiceless stop at its burst: the lips were shut before, and part with it.
    private static func press(_ mouths: inout [Mouth]) {
        guard var stop = mouths.popLast() else { return }
        stop.endMS = min(stop.endMS, stop.startMS + burst)
        close(&stop, from: stop.startMS - pressed, after: &mouths)
        mouths.append(stop)
    }

    /// Lets a mouth begin earlier, at the cost of the mouths before it, each of which keeps a little.
    private static func close(_ mouth: inout Mouth, from wished: Int, after mouths: inout [Mouth]) {
        guard let last = mouths.last else { return }
        mouth.startMS = min(mouth.startMS, max(wished, last.startMS + 20))
        mouths[mouths.count - 1].endMS = mouth.startMS
    }

    private static func readable(_ mouths: [Mouth]) -> [Mouth] {
        var seen: [Mouth] = []
        for mouth in merged(mouths) {
            var mouth = mouth
            let length = mouth.endMS - mouth.startMS
            if mouth.shape == .mbp, length < pressed {
                close(&mouth, from: mouth.endMS - pressed, after: &seen)
            } else if length < shortest, mouth.shape != .mbp, mouth.shape != .fv, !seen.isEmpty {
                seen[seen.count - 1].endMS = mouth.endMS
                continue
            }
            seen.append(mouth)
        }
        return seen
    }

    private static func merged(_ mouths: [Mouth]) -> [Mouth] {
        mouths.reduce(into: []) { merged, mouth in
            guard mouth.endMS > mouth.startMS else { return }
            if merged.last?.shape == mouth.shape {
                merged[merged.count - 1].endMS = mouth.endMS
            } else {
                merged.append(mouth)
            }
        }
    }
}
