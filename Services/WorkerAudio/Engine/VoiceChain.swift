// WorkerAudioEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Sound, ProcessDriver

/// What every line goes through: rumble off, body, presence, the whistle down, the level evened, 48 kHz. An impulse comes
/// out where it went in, so the timing of the take stays true.
enum VoiceChain {
    static let rate = 48_000
    static let filters = [
        "highpass=f=75",
        "equalizer=f=220:t=q:w=0.9:g=2.0",
        "equalizer=f=3000:t=q:w=1.2:g=1.5",
        "equalizer=f=6800:t=q:w=1.4:g=-3.5",
        "acompressor=threshold=-24dB:ratio=2.5:attack=8:release=120:makeup=1",
        "aresample=48000:filter_size=64:cutoff=0.96",
    ].joined(separator: ",")

    /// For ffmpeg: a WAVE file on standard input, the developed one in `file`, without dates and versions in it.
    static func arguments(to file: String) -> [String] {
        [
            "-hide_banner", "-v", "error", "-y", "-threads", "1", "-f", "wav", "-i", "pipe:0", "-af", filters, "-c:a",
            "pcm_f32le", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact", file,
        ]
    }
}
