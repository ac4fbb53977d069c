// Sound · pure · sees Contracts, Policies
import Policies

/// The music: one bed a mood, as long as the scenes that share it.
package enum MusicStem {
    /// LUFS between lines.
    static let loudness = -25.0
    /// dB while somebody speaks.
    static let ducking = -9.0
    /// dB under an effect that is sudden and loud.
    static let underBlows = -4.0
    /// A shorter scene has no music of its own: the music before it goes on.
    private static let shortest = 5_000

    package static func render(_ sheet: CueSheet, ducking: Ducking, frames count: Int) -> Stereo {
        var stem = Stereo(frames: count)
        let blows = Ducking(moments: sheet.effects.filter { Effect(word: $0.word)?.isTransient ?? false }.map(\.atMS))
        for piece in pieces(of: sheet) {
            let start = max(0, filmFrame(piece.startMS))
            let end = min(count, filmFrame(piece.endMS))
            guard start < end else { continue }
            var bed = Music.bed(
                piece.mood, frames: end - start, seed: Seed.part(sheet.seed, "music"), culture: sheet.culture)
            bed.scale(gain(loudness - Music.loudness))
            ducking.duck(&bed, at: start, by: self.ducking)
            blows.duck(&bed, at: start, by: underBlows)
            stem.add(bed, at: start)
        }
        return stem
    }

    private struct Piece {
        let startMS: Int
        var endMS: Int
        let mood: Mood
    }

    private static func pieces(of sheet: CueSheet) -> [Piece] {
        let scenes = sheet.scenes.filter { $0.endMS > $0.startMS }.sorted { $0.startMS < $1.startMS }
        return scenes.reduce(into: []) { pieces, scene in
            let mood = Mood(word: scene.mood)
            // Times from outside may be far apart: this difference must not overflow.
            let isShort = filmFrame(scene.endMS) - filmFrame(scene.startMS) < filmFrame(shortest)
            if let last = pieces.last, last.mood == mood || isShort, scene.startMS <= last.endMS {
                pieces[pieces.count - 1].endMS = max(last.endMS, scene.endMS)
            } else {
                pieces.append(
                    Piece(startMS: max(scene.startMS, pieces.last?.endMS ?? 0), endMS: scene.endMS, mood: mood))
            }
        }
    }
}
