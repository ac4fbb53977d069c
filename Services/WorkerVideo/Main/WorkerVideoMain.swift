// WorkerVideoMain · wiring · sees WorkerKitHouse, WorkerVideoEngine
import WorkerKitHouse
import WorkerVideoEngine

@main
struct WorkerVideoMain {
    static func main() async {
        await WorkerProcess.run("worker-video") { settings, programs in
            [
                Seats(
                    VideoEngine(programs: programs, ffmpeg: settings.ffmpeg, ffprobe: settings.ffprobe), settings.slots)
            ]
        }
    }
}
