// ComposerMain · wiring · sees ComposerEngine, WorkerKitHouse
import ComposerEngine
import WorkerKitHouse

@main
struct ComposerMain {
    static func main() async {
        await WorkerProcess.run("composer") { settings, programs in
            [Seats(ComposerEngine(programs: programs, ffmpeg: settings.ffmpeg, ffprobe: settings.ffprobe), 1)]
        }
    }
}
