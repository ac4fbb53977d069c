// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Embedded
import Foundation
import GatewayCore
import GatewayHouse
import GatewayShell
import OrchestratorAdapters
import OrchestratorCore
import Policies
import Ports
import ServiceHost
import Settings
import Telemetry
import Wire

/// `ainer make`: a story in, a film out.
struct MakeCommand: Sendable {
    let options: MakeOptions
    let settings: Settings

    func run() async throws -> Int32 {
        let began = ContinuousClock.now
        let text = try readStory()
        let lock = try HostLock(folder: settings.dataFolder)
        defer { withExtendedLifetime(lock) {} }
        let log = StandardErrorLog.make(settings.logLevel)
        let house = try await House.open(settings, log: log)
        let display = Display(options: options, story: text)
        display.open()
        let outcome: ServiceGroup.Outcome<RunState>
        do {
            outcome = try await house.alone {
                try await ServiceGroup.run(house.services, log: log) { try await follow(text, in: house, display) }
            }
        } catch {
            display.close()
            await house.close()
            throw error
        }
        display.close()
        guard case .finished(let state) = outcome else {
            await house.close()
            display.interrupted()
            return ExitCode.interrupted
        }
        guard state.status == .succeeded else {
            await house.close()
            display.notices()
            display.failed(state)
            return ExitCode.failed
        }
        let export = Export(state: state, objects: house.objects, folder: options.folder, name: name)
        let files = try await export.write()
        await house.close()
        display.done(state, files, after: ContinuousClock.now - began)
        display.notices()
        return ExitCode.done
    }

    /// The file's name without its ending: what the outputs are called.
    private var name: String {
        let base = URL(fileURLWithPath: options.file).deletingPathExtension().lastPathComponent
        return base.isEmpty || base == "-" || base.hasPrefix(".") ? "film" : base
    }

    private func readStory() throws -> [UInt8] {
        let data: Data
        do {
            data =
                options.file == "-"
                ? FileHandle.standardInput.readDataToEndOfFile()
                : try Data(contentsOf: URL(fileURLWithPath: options.file))
        } catch {
            throw Stop(
                .inputUnreadable, status: ExitCode.unreadable,
                "cannot read the story \(options.file): \(error.localizedDescription)\n"
                    + "give the path of a text or Markdown file, for example examples/lighthouse.md")
        }
        guard data.count <= 1 << 20 else {
            throw Stop(
                .inputUnreadable, status: ExitCode.unreadable,
                "\(options.file) has \(data.count) bytes; a story may have 1048576\ncut it into chapters")
        }
        return Array(data)
    }

    private static let ends: Set<EventType> = [.ainer(.runSucceeded), .ainer(.runFailed), .ainer(.runCanceled)]

    /// Submits, or finds what was submitted before, and watches until the run is over.
    private func follow(_ text: [UInt8], in house: House, _ display: Display) async throws -> RunState {
        let said = try await house.bus.tail(from: .now)
        let runID = try await findOrSubmit(text, in: house)
        display.begin(runID)
        if let state = try await house.runs.run(runID) {
            display.catchUp(with: state)
            if state.status.isFinal { return state }
        }
        while let letters = try await said.next()?.map(\.letter) {
            for letter in letters {
                guard let envelope = try EnvelopeReader.read(letter.body), envelope.runID == runID else { continue }
                try display.show(envelope, letter.body)
                guard Self.ends.contains(envelope.eventType) else { continue }
                if let state = try await house.runs.run(runID), state.status.isFinal { return state }
            }
        }
        throw CancellationError()
    }

    /// The same text, quality and seed are the same run, however often they are asked for: until it fails.
    private func findOrSubmit(_ text: [UInt8], in house: House) async throws -> RunID {
        let wish = Array("\(name)\n\(options.quality.rawValue)\n\(options.seed)\n\(Version.text)\n".utf8)
        let digest = SHA256.hex(of: wish + text)
        var submission = Submission(project: .local, chapter: name, source: .text(text))
        submission.quality = options.quality
        submission.seed = options.seed
        for generation in 0... {
            let key = IdempotencyKey(trusted: "make-\(generation)-\(digest)")
            guard let earlier = try await house.gateway.views.run(under: key, of: .local) else {
                let deed = Deed(tenant: .local, key: key, operation: "make", digest: digest)
                let origin = Origin(trace: TraceID(trusted: "\(TraceContext(from: { house.chance() }).trace)"))
                return try await house.gateway.tasks.submit(submission, as: deed, from: origin).value.runID
            }
            let state = try await house.runs.run(earlier)
            if state?.status != .failed && state?.status != .canceled { return earlier }
        }
        throw CancellationError()
    }
}
