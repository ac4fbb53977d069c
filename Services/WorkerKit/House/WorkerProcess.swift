// WorkerKitHouse · wiring · sees Contracts, Embedded, FileDriver, HTTPClientDriver, LinkDriver, Opening, Policies, Ports, ProcessDriver, ServiceHost, Settings, Telemetry, WorkerKitShell
import Embedded
import FileDriver
import Foundation
import HTTPClientDriver
import LinkDriver
package import Opening
package import Ports
import ProcessDriver
import ServiceHost
package import Settings
import WorkerKitShell

/// A worker in a process of its own: a broker, and what its tickets lend it. It has no database and no store.
package enum WorkerProcess {
    package static func run(
        _ name: String, _ seats: @escaping @Sendable (WorkerSettings, any Programs) throws -> [Seats]
    ) async -> Never {
        await ServiceHost.Host.open(
            ProgramName(name, version: HouseVersion.text), WorkerSettings.self, clock: SystemClock(),
            entropy: SystemEntropy()
        ) { settings, host in
            try await seat(settings, host, try seats(settings, ChildPrograms()))
        }
    }

    private static func seat(_ settings: WorkerSettings, _ host: ServiceHost.Host, _ seats: [Seats]) async throws {
        let farm = Farm(host, settings.places)
        let bus = try await farm.bus()
        var options = HTTPClientOptions.reading(ProcessInfo.processInfo.environment)
        options.name = "objects"
        let hall = LinkHall(
            local: try await FolderStore.open(folder: settings.places.folder), client: try HTTPClient(options))
        let gauge = GPUGauge(programs: ChildPrograms())
        let card = NodeCard(
            version: HouseVersion.text, host: ProcessInfo.processInfo.hostName, labels: settings.labels,
            gauge: { await gauge.read() })
        let house = WorkerHouse(
            on: WorkerGround(
                bus: bus, hall: hall, clock: host.clock, entropy: host.entropy, log: host.log, card: card), seats)
        // An operator's drain ends the process as SIGTERM does: what is under way is finished first.
        let dismissed = Service("until it is dismissed") { await house.node.isDismissed() }
        farm.work(house.services + [dismissed], drain: { await house.node.leave() })
    }
}

/// What every worker reads.
package struct WorkerSettings: ServiceSettings {
    package static let all = FarmSettings.own
    package static let elsewhere = FarmSettings.elsewhere

    package let places: Places
    package let slots: Int
    package let ffmpeg: String
    package let ffprobe: String
    /// Beside the program when nobody says where.
    package let voice: String
    package let model: ModelSettings?
    package let labels: [String: String]

    package init(_ reader: inout SettingsReader) {
        places = FarmSettings.places(&reader, [.broker])
        slots = reader.number(
            Settings.slotsSetting, in: 1...256, else: ProcessInfo.processInfo.activeProcessorCount)
        ffmpeg = reader.text(Settings.ffmpegSetting) ?? "ffmpeg"
        ffprobe = reader.text(Settings.ffprobeSetting) ?? "ffprobe"
        voice = reader.text(Settings.voiceSetting) ?? Self.beside("ainer-voice")
        model = ModelSettings(&reader)
        labels = FarmSettings.marks(&reader)
    }

    private static func beside(_ name: String) -> String {
        let own = Bundle.main.executablePath ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent(name).path
    }
}
