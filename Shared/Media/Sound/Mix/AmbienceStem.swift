// Sound · pure · sees Contracts, Policies
import Foundation
import Policies

/// The places, scene by scene: each cross-fades into the next, and gives way to speech.
package enum AmbienceStem {
    /// LUFS where people talk, and where the place has the scene to itself.
    static let underSpeech = -32.5
    static let alone = -28.0
    /// dB while somebody speaks.
    static let ducking = -6.0
    /// A longer scene hears its loops again. Two layers of one length would beat, so every further one is longer.
    private static let loop = 17.0
    private static let crossing = frames(0.5)

    package static func render(_ sheet: CueSheet, ducking: Ducking, frames count: Int) -> Stereo {
        var stem = Stereo(frames: count)
        var loops: [LoopKey: Stereo] = [:]
        for scene in sheet.scenes where scene.endMS > scene.startMS {
            let start = max(0, filmFrame(scene.startMS) - crossing / 2)
            let end = min(count, filmFrame(scene.endMS) + crossing / 2)
            guard start < end else { continue }
            var bed = Stereo(frames: end - start)
            let place = Soundscape(words: scene.words)
            for (number, layer) in place.layers.enumerated() {
                let wished = min(loop + 2.3 * Double(number), bed.seconds)
                let key = LoopKey(layer: layer, frames: frames(wished), seed: scene.seed)
                let sound = loops[key] ?? self.loop(for: key)
                loops[key] = sound
                bed.add(sound.tiled(frames: bed.frames), at: 0, gain: gain(layer.level))
            }
            let isSpokenIn = sheet.lines.contains { $0.startMS < scene.endMS && scene.startMS < $0.endMS }
            bed.level(to: (isSpokenIn ? underSpeech : alone) + place.level, ceiling: -10)
            ducking.duck(&bed, at: start, by: self.ducking)
            bed.fade(in: 0.5, out: 0.5)
            stem.add(bed, at: start)
        }
        return stem
    }

    private struct LoopKey: Hashable {
        let layer: Soundscape.Layer
        let frames: Int
        let seed: UInt64
    }

    private static func loop(for key: LoopKey) -> Stereo {
        let seconds = Double(key.frames) / Double(filmRate)
        var loop = Ambience.loop(key.layer.place, seconds: seconds, seed: key.seed, force: key.layer.force)
        if key.layer.isBehindWalls { loop.onEach { muffle(&$0) } }
        return loop
    }

    /// Walls keep the highs outside.
    private static func muffle(_ channel: inout [Float]) {
        var wall = StateFilter(700)
        // It has heard the end before the beginning, or the seam clicks.
        for frame in channel.indices.suffix(frames(0.2)) { _ = wall.low(channel[frame]) }
        for frame in channel.indices { channel[frame] = wall.low(channel[frame]) }
    }
}
