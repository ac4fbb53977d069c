// ServiceHost · host · sees Contracts, HTTP, Policies, Ports, Settings, Telemetry, Wire, HTTPClientDriver, HTTPServerDriver
import Foundation
package import Ports
import Settings
import Telemetry

/// What a process is told from outside.
package struct Outside: Sendable {
    package var environment: [String: String]
    package var signals: AsyncStream<Int32>
    package var clock: any WallClock
    package var entropy: any Entropy
    /// Where log lines and complaints go.
    package var errors: Int32

    package init(
        environment: [String: String], signals: AsyncStream<Int32>, clock: any WallClock, entropy: any Entropy,
        errors: Int32 = STDERR_FILENO
    ) {
        self.environment = environment
        self.signals = signals
        self.clock = clock
        self.entropy = entropy
        self.errors = errors
    }
}

extension Host {
    /// A service's whole `main`: reads its settings, seats its parts, runs until told to stop, and exits.
    package static func open<Mine: ServiceSettings>(
        _ program: ProgramName, _: Mine.Type, clock: any WallClock, entropy: any Entropy,
        _ seat: @escaping @Sendable (Mine, Host) async throws -> Void
    ) async -> Never {
        // Heard from before anything begins: an early signal is not lost.
        let outside = Outside(
            environment: ProcessInfo.processInfo.environment, signals: Signals.stream([SIGINT, SIGTERM]), clock: clock,
            entropy: entropy)
        exit(await serve(program, Mine.self, outside, seat))
    }

    /// The same without the exit: answers its status.
    package static func serve<Mine: ServiceSettings>(
        _ program: ProgramName, _: Mine.Type, _ outside: Outside,
        _ seat: @escaping @Sendable (Mine, Host) async throws -> Void
    ) async -> Int32 {
        OpenFiles.raise()
        var reader = SettingsReader(outside.environment)
        let common = HostSettings(&reader)
        let mine = Mine(&reader)
        do throws(SettingsFault) {
            try reader.finish(beside: Mine.elsewhere)
        } catch {
            let words = error.faults.map { "\(program.name): \($0)\n" }.joined()
            _ = words.withCString { write(outside.errors, $0, strlen($0)) }
            return ExitStatus.settings
        }
        let log = LogLines.log(common.logLevel, service: program.name, clock: outside.clock, to: outside.errors)
        let host = Host(
            program, log: log, clock: outside.clock, entropy: outside.entropy,
            isTraced: common.otlp != nil)
        return await Household(host: host, drain: common.drain, signals: outside.signals).live { host in
            try await host.openWindows(common)
            try await seat(mine, host)
        }
    }
}

/// What a process says by its end.
package enum ExitStatus {
    package static let settings: Int32 = 78
}
