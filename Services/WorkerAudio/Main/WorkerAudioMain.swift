// WorkerAudioMain · wiring · sees WorkerAudioEngine, WorkerKitHouse
import WorkerAudioEngine
import WorkerKitHouse

@main
struct WorkerAudioMain {
    static func main() async {
        await WorkerProcess.run("worker-audio") { settings, programs in
            [
                Seats(
                    AudioEngine(programs: programs, voice: settings.voice, ffmpeg: settings.ffmpeg), settings.slots)
            ]
        }
    }
}
