// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Foundation
import Opening
import Settings
import Telemetry
import Wire

/// The program: reads what was asked, does it, and says how it went by its exit status.
@main
struct Ainer {
    static func main() async {
        do {
            let command = try Command(Array(CommandLine.arguments.dropFirst()))
            exit(try await run(command))
        } catch {
            let words = LastWords(error)
            words.say()
            exit(words.status)
        }
    }

    private static func run(_ command: Command) async throws -> Int32 {
        switch command {
        case .help:
            say(Command.usage)
        case .version:
            say("ainer \(Version.text)")
        case .explain(let code, let isJSON):
            let explanation = try Explanation(of: code)
            say(isJSON ? try JSON.text(explanation) : explanation.lines().joined(separator: "\n"))
        case .settings:
            let all = Settings.all + ServeSettings.own
            let width = (all + FarmSettings.own).map(\.name.count).max() ?? 0
            func tell(_ setting: Setting) {
                say("\(setting.name.padded(to: width)) \(setting.meaning) (\(setting.standard))")
            }
            all.forEach(tell)
            say("\nof the services of a farm, each in a process of its own:")
            FarmSettings.own.forEach(tell)
        case .serve: return try await ServeCommand().run()
        case .contracts(let command):
            return try ContractsRun(command: command).run()
        case .plan(let options): return try await PlanCommand(options: options, settings: try settings()).run()
        case .skill(let options): return try SkillCommand(options: options).run()
        case .make(let options): return try await MakeCommand(options: options, settings: try settings()).run()
        case .client(let command): return try await ClientRun(command: command, settings: try settings()).run()
        }
        return ExitCode.done
    }

    private static func settings() throws -> Settings {
        let process = ProcessInfo.processInfo
        return try Settings(
            environment: process.environment, cores: process.activeProcessorCount, home: NSHomeDirectory())
    }
}

enum Version {
    static let text = HouseVersion.text
}

func say(_ text: some StringProtocol) { put(String(text) + "\n") }
func complain(_ text: String) { FileHandle.standardError.write(Data(("ainer: " + text + "\n").utf8)) }

/// To standard output. A reader who has seen enough (`| head`) ends the program, as he ends every other.
func put(_ text: String) {
    do { try FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) } catch { _exit(128 + SIGPIPE) }
}
