// SharedTests · tests · sees Lanes, Kit
import Foundation
import Kit
import Lanes

/// This program once more, as a process with a task that can be killed. It never outlives the one that started it.
final class Life: Sendable {
    private static let variable = "AINER_TEST_LIFE"
    private static let step = "one step further"

    /// What a life is for.
    struct Task: Codable {
        let engine: Engine
        let place: String
        let folder: String
        let death: Ending

        /// What this process was started for, if it is such a life.
        static let given: Task? = ProcessInfo.processInfo.environment[variable].flatMap {
            try? JSONDecoder().decode(Task.self, from: Data($0.utf8))  // somebody else's variable is no task
        }
    }

    private let lane = Lane("life")
    private let process = Process()
    private let (leash, words) = (Pipe(), Pipe())

    init(_ engine: Engine, _ place: String, _ world: World, _ death: Ending) throws {
        let task = Task(engine: engine, place: place, folder: world.folder, death: death)
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["--testing-library", "swift-testing", "--filter", "DeliveryCrashTests/live"]
        var environment = ProcessInfo.processInfo.environment
        environment[Self.variable] = String(decoding: try JSONEncoder().encode(task), as: UTF8.self)
        process.environment = environment
        process.standardInput = leash
        process.standardOutput = words
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit { lane.close() }

    /// Returns when it has told of so many steps, or has ended by itself: then false.
    func walk(_ steps: Int) async throws -> Bool {
        try await lane.run { [words] in
            var heard = ""
            while heard.components(separatedBy: Self.step).count <= steps {
                let more = words.fileHandleForReading.availableData
                guard !more.isEmpty else { return false }
                heard += String(decoding: more, as: UTF8.self)
            }
            return true
        }
    }

    /// As a power cut would: nothing runs any more.
    func end() async throws {
        try await lane.run { [process] in
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    // MARK: from within

    /// Ends this process with the one that started it, whose end of the pipe is then closed.
    static func hold() {
        Lane("leash").perform {
            _ = FileHandle.standardInput.readDataToEndOfFile()
            exit(1)
        }
    }

    static func tell() { FileHandle.standardOutput.write(Data("\(step)\n".utf8)) }
}
