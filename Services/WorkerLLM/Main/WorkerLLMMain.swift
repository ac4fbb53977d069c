// WorkerLLMMain · wiring · sees Embedded, Opening, WorkerKitHouse, WorkerLLMEngine
import Embedded
import Opening
import WorkerKitHouse
import WorkerLLMEngine

@main
struct WorkerLLMMain {
    static func main() async {
        await WorkerProcess.run("worker-llm") { settings, _ in
            [Seats(SkillEngine(adviser: try settings.model?.adviser(clock: SystemClock())), settings.slots)]
        }
    }
}
