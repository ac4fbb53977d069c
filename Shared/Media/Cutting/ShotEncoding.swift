// Cutting · pure · sees Contracts, Policies
package import Contracts

/// How a shot becomes a file: every shot alike, so that the cut can copy streams instead of encoding again.
package enum ShotEncoding {
    /// Reads raw I420 frames on standard input and writes one MP4.
    package static func arguments(_ format: FrameFormat, quality: Quality, to path: String) -> [String] {
        let preset = quality == .ultra ? ["-preset", "fast", "-crf", "18"] : ["-preset", "veryfast", "-crf", "20"]
        return ["-hide_banner", "-nostdin", "-loglevel", "error", "-y"]
            + ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "\(format.width)x\(format.height)"]
            + ["-r", "\(format.framesPerSecond)", "-colorspace", "bt709", "-color_range", "tv", "-i", "pipe:0"]
            // One thread: shots run side by side, which keeps the cores busier than one shot on all of them.
            + ["-an", "-c:v", "libx264"] + preset + ["-tune", "animation", "-threads", "1", "-pix_fmt", "yuv420p"]
            + ["-g", "48", "-flags", "+cgop", "-video_track_timescale", "12288"]
            + ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
            + ["-fflags", "+bitexact", "-f", "mp4", path]
    }
}
