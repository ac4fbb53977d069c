// WorkerLipsyncMain · wiring · sees WorkerKitHouse, WorkerLipsyncEngine
import WorkerKitHouse
import WorkerLipsyncEngine

@main
struct WorkerLipsyncMain {
    static func main() async {
        await WorkerProcess.run("worker-lipsync") { settings, _ in
            [Seats(LipsyncEngine(), settings.slots)]
        }
    }
}
