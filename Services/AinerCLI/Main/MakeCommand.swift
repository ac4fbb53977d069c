// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Embedded
import Foundation
import GatewayCore
import GatewayHouse
import GatewayShell
import OrchestratorCore
import OrchestratorShell
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
        let story = StoryFile(path: options.file)
        let text = try story.read()
        let lock: HostLock
        do { lock = try HostLock(folder: settings.dataFolder) } catch {
            // Whoever serves this folder makes the film for us.
            guard (error as? Stop)?.errorCode == .folderInUse, HostLock.server(of: settings.dataFolder) != nil else {
                throw error
            }
            return try await MakeThere(
                options: options, story: story, text: try story.text(of: text), settings: settings
            ).run()
        }
        defer { withExtendedLifetime(lock) {} }
        let log = LogLines.log(settings.logLevel, service: "ainer", clock: SystemClock())
        let house = try await House.open(settings, log: log)
        let display = Display(isJSON: options.isJSON, again: "ainer make \(options.file)")
        display.open(options, story: text)
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
        let export = Export(Manifest(state), objects: house.objects, folder: options.folder, name: story.name)
        let files = try await export.write()
        await house.close()
        display.done(state, files, after: ContinuousClock.now - began)
        display.notices()
        return ExitCode.done
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
        let story = StoryFile(path: options.file)
        let wish = Array("\(story.name)\n\(options.quality.rawValue)\n\(options.seed)\n\(Version.text)\n".utf8)
        let digest = SHA256.hex(of: wish + text)
        var submission = Submission(project: .local, chapter: story.name, source: .text(text))
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
