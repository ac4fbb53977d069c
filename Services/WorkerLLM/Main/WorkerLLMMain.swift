// WorkerLLMMain · wiring · sees WorkerKitHouse, WorkerLLMEngine
import WorkerKitHouse
import WorkerLLMEngine

@main
struct WorkerLLMMain {
    static func main() async {
        await WorkerProcess.run("worker-llm") { settings, _ in
            [Seats(SkillEngine(), settings.slots)]
        }
    }
}
