// Cutting · pure · sees Contracts, Policies

/// The last step on paper: shots in a row, the mix beside them, the subtitles on top.
package struct FinalCut: Sendable {
    package var shotList: String
    package var sound: String
    package var subtitles: String
    package var title: String
    /// BCP-47.
    package var language: String

    package init(shotList: String, sound: String, subtitles: String, title: String, language: String) {
        self.shotList = shotList
        self.sound = sound
        self.subtitles = subtitles
        self.title = title
        self.language = language
    }

    /// The concat script of ffmpeg: one file a line, quoted the way it wants quotes.
    package static func script(of files: [String]) -> String {
        files.map {
            "file '" + $0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'\n"
        }
        .joined()
    }

    /// Copies the pictures, encodes the sound, adds the subtitles as a track.
    package func arguments(to path: String) -> [String] {
        ["-hide_banner", "-nostdin", "-loglevel", "error", "-y"]
            + ["-f", "concat", "-safe", "0", "-i", shotList, "-i", sound, "-i", subtitles]
            + ["-map", "0:v:0", "-map", "1:a:0", "-map", "2:s:0"]
            + ["-c:v", "copy", "-c:a", "aac", "-b:a", "192k", "-c:s", "mov_text"]
            + ["-video_track_timescale", "12288", "-movflags", "+faststart"]
            + [
                "-metadata", "title=\(title)", "-metadata:s:s:0", "language=\(track)", "-metadata:s:a:0",
                "language=\(track)",
            ]
            + ["-f", "mp4", path]
    }

    /// ISO 639-2, as MP4 wants it.
    private var track: String {
        switch language.prefix(2) {
        case "en": "eng"
        case "zh": "zho"
        default: "und"
        }
    }
}
