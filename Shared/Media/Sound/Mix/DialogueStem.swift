// Sound · pure · sees Contracts, Policies
package import Contracts
import Foundation

/// The voices: every line at one loudness, on its sample, in its place, in its room.
package enum DialogueStem {
    /// LUFS of every line by its own measure.
    static let loudness = -20.0
    /// Further to a side, a voice leaves the picture.
    private static let widest = 0.4
    private static let room = gain(-20)

    package static func render(
        _ sheet: CueSheet, voices: [LineID: [Float]], frames count: Int
    ) -> (sound: Stereo, missing: [LineID]) {
        var dry = Stereo(frames: count)
        var indoors = Stereo(frames: count)
        var missing: [LineID] = []
        var isAnyoneIndoors = false
        for cue in sheet.lines {
            guard let voice = voices[cue.lineID], !voice.isEmpty else {
                missing.append(cue.lineID)
                continue
            }
            let line = levelled(voice)
            // Constant power takes 3 dB off each side of what stands in the middle.
            let factor = gain(bounded(cue.level, 12) + 3.0103)
            let pan = bounded(cue.pan, widest)
            dry.add(line, at: filmFrame(cue.startMS), gain: factor, pan: pan)
            if isIndoors(cue, in: sheet) {
                indoors.add(line, at: filmFrame(cue.startMS), gain: factor, pan: pan)
                isAnyoneIndoors = true
            }
        }
        if isAnyoneIndoors {
            var walls = Room(seconds: 0.4, damping: 0.5, size: 0.6)
            dry.add(walls.reflections(of: indoors), at: 0, gain: room)
        }
        return (dry, missing)
    }

    private static func bounded(_ value: Double, _ limit: Double) -> Double {
        value.isFinite ? min(max(value, -limit), limit) : 0
    }

    /// At its loudness, with soft ends, and without what is no number.
    private static func levelled(_ voice: [Float]) -> [Float] {
        var line = voice.map { $0.isFinite ? $0 : 0 }
        let own = LoudnessMeter.loudness(ofMiddle: line)
        if own > -60 { line.scale(gain(loudness - own)) }
        line.ramp(head: 0.005, tail: 0.01)
        return line
    }

    private static func isIndoors(_ cue: LineCue, in sheet: CueSheet) -> Bool {
        let scene = sheet.scenes.last { $0.startMS <= cue.startMS && cue.startMS < $0.endMS }
        return scene.map { Soundscape(words: $0.words).isIndoors } ?? false
    }
}
