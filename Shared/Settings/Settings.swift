// Settings · environment · sees nothing
import Foundation

/// One setting: its name, what it is for, and what holds when nobody sets it.
package struct Setting: Sendable {
    package let name: String
    package let meaning: String
    package let standard: String
}

/// Everything the environment decides, read once. Faults are reported together.
package struct Settings: Sendable {
    package static let all: [Setting] = [
        Setting(name: "AINER_DATA", meaning: "the folder for databases and artifacts", standard: "~/.ainer"),
        Setting(
            name: "AINER_BROKER",
            meaning: "a RabbitMQ, and a virtual host of it for us alone: amqp://user:password@host/vhost, or amqps://",
            standard: "queues in the data folder"),
        Setting(
            name: "AINER_DATABASE",
            meaning: "a PostgreSQL to store in, together with AINER_BROKER: postgres://user:password@host/name",
            standard: "files in the data folder"),
        Setting(name: "AINER_SLOTS", meaning: "how many shots are drawn at once", standard: "the number of cores"),
        Setting(name: "AINER_KEEP_DAYS", meaning: "how many days a published event is kept", standard: "30"),
        Setting(name: "AINER_LOG", meaning: "debug, notice, warning or error, on standard error", standard: "error"),
        Setting(name: "AINER_FFMPEG", meaning: "the ffmpeg program", standard: "ffmpeg"),
        Setting(name: "AINER_FFPROBE", meaning: "the ffprobe program", standard: "ffprobe"),
        Setting(name: "AINER_VOICE", meaning: "the voice program", standard: "ainer-voice beside ainer"),
    ]

    package let dataFolder: String
    /// A server's URL with its password: never to be shown.
    package let broker: String?
    package let database: String?
    package let slots: Int
    package let keepDays: Int
    package let logLevel: String
    package let ffmpeg: String
    package let ffprobe: String
    package let voice: String?

    package init(environment: [String: String], cores: Int, home: String) throws(SettingsFault) {
        var faults: [String] = []
        let known = Set(Self.all.map(\.name))
        for name in environment.keys.sorted() where name.hasPrefix("AINER_") && !known.contains(name) {
            // The launcher's own words pass through; anything else is a misspelling somebody should hear about.
            if !["AINER_PORT", "AINER_BUILD"].contains(name) { faults.append("\(name) is not a setting") }
        }
        let folder = environment["AINER_DATA"] ?? "\(home)/.ainer"
        if folder.isEmpty { faults.append("AINER_DATA is empty: name a folder or unset it") }
        dataFolder = folder.hasPrefix("/") ? folder : FileManager.default.currentDirectoryPath + "/" + folder
        broker = environment["AINER_BROKER"].flatMap { $0.isEmpty ? nil : $0 }
        database = environment["AINER_DATABASE"].flatMap { $0.isEmpty ? nil : $0 }
        if (broker == nil) != (database == nil) {
            faults.append("AINER_BROKER and AINER_DATABASE go together: set both, or neither")
        }
        slots = environment["AINER_SLOTS"].flatMap { Int($0) } ?? cores
        if !(1...256).contains(slots) || (environment["AINER_SLOTS"].map { Int($0) == nil } ?? false) {
            faults.append("AINER_SLOTS is \"\(environment["AINER_SLOTS"] ?? "")\": give a number from 1 to 256")
        }
        keepDays = Int(environment["AINER_KEEP_DAYS"] ?? "30") ?? 0
        if !(1...36_500).contains(keepDays) {
            faults.append(
                "AINER_KEEP_DAYS is \"\(environment["AINER_KEEP_DAYS"] ?? "")\": give a number of days from 1")
        }
        logLevel = environment["AINER_LOG"] ?? "error"
        if !["debug", "notice", "warning", "error"].contains(logLevel) {
            faults.append("AINER_LOG is \"\(logLevel)\": give debug, notice, warning or error")
        }
        ffmpeg = environment["AINER_FFMPEG"] ?? "ffmpeg"
        ffprobe = environment["AINER_FFPROBE"] ?? "ffprobe"
        voice = environment["AINER_VOICE"]
        if !faults.isEmpty { throw SettingsFault(faults: faults) }
    }
}

package struct SettingsFault: Error, CustomStringConvertible {
    package let faults: [String]
    package var description: String { faults.joined(separator: "\n") }
}
