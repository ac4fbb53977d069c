// Settings · environment · sees nothing
import Foundation

/// What the environment decides about `ainer`, read once.
package struct Settings: Sendable {
    package static let dataSetting = Setting(
        "AINER_DATA", "the folder for databases and artifacts", standard: "~/.ainer")
    package static let brokerSetting = Setting(
        "AINER_BROKER",
        "a RabbitMQ, and a virtual host of it for us alone: amqp://user:password@host/vhost, or amqps://",
        standard: "queues in the data folder")
    package static let databaseSetting = Setting(
        "AINER_DATABASE", "a PostgreSQL to store in, together with AINER_BROKER: postgres://user:password@host/name",
        standard: "files in the data folder")
    package static let coordinationSetting = Setting(
        "AINER_COORDINATION", "a Redis for live notices, locks and rates: redis://:password@host/number",
        standard: "in the process")
    package static let objectsSetting = Setting(
        "AINER_OBJECTS",
        "a bucket for artifacts: s3://KEY:SECRET@HOST/BUCKET?region=NAME, with &tls=no on a private network",
        standard: "files in the data folder")
    package static let slotsSetting = Setting(
        "AINER_SLOTS", "how many shots are drawn at once", standard: "the number of cores")
    package static let keepSetting = Setting(
        "AINER_KEEP_DAYS", "how many days a published event is kept", standard: "30")
    private static let logSetting = Setting(
        "AINER_LOG", "debug, notice, warning or error, on standard error", standard: "error")
    package static let ffmpegSetting = Setting("AINER_FFMPEG", "the ffmpeg program", standard: "ffmpeg")
    package static let ffprobeSetting = Setting("AINER_FFPROBE", "the ffprobe program", standard: "ffprobe")
    package static let voiceSetting = Setting(
        "AINER_VOICE", "the voice program", standard: "ainer-voice beside ainer")

    package static let authSetting = Setting(
        "AINER_AUTH_SECRET",
        "what the tokens of sessions are signed with, 32 characters at least; new,old while one replaces the other",
        standard: "a file in the data folder")
    package static let registrationSetting = Setting(
        "AINER_REGISTRATION", "open: anybody may make himself a tenant; closed: nobody", standard: "closed")
    private static let serverSetting = Setting(
        "AINER_SERVER", "the ainer that submit, runs, watch and their like ask: https://films.example",
        standard: "where you signed in, or the one in the data folder")
    private static let tokenSetting = Setting(
        "AINER_TOKEN", "what they show it; AINER_TOKEN_FILE names a file with it",
        standard: "what signing in gave, or the key in the data folder")

    /// In the order in which a reader wants them.
    package static let all =
        [
            dataSetting, brokerSetting, databaseSetting, coordinationSetting, objectsSetting, slotsSetting, keepSetting,
            logSetting, ffmpegSetting, ffprobeSetting, voiceSetting,
        ] + ModelSettings.all + [authSetting, registrationSetting, serverSetting, tokenSetting]

    package let dataFolder: String
    /// A server's URL with its password: never to be shown.
    package let broker: String?
    package let database: String?
    package let coordination: String?
    package let objects: String?
    package let slots: Int
    package let keepDays: Int
    package let logLevel: String
    package let ffmpeg: String
    package let ffprobe: String
    package let voice: String?
    package let model: ModelSettings?
    /// Never to be shown; nil: those of the data folder.
    package let authSecrets: [String]?
    package let isRegistrationOpen: Bool
    /// Of a client.
    package let server: String?
    package let token: Secret?

    /// For a program that does one thing and ends.
    package init(environment: [String: String], cores: Int, home: String) throws(SettingsFault) {
        var reader = SettingsReader(environment)
        self.init(&reader, cores: cores, home: home)
        try reader.finish(beside: Self.elsewhere)
    }

    /// Faults are left with the reader.
    package init(_ reader: inout SettingsReader, cores: Int, home: String) {
        let folder = reader.text(Self.dataSetting) ?? "\(home)/.ainer"
        dataFolder = folder.hasPrefix("/") ? folder : FileManager.default.currentDirectoryPath + "/" + folder
        // Both URLs may hold a password, and may come from a file.
        broker = reader.secret(Self.brokerSetting)?.revealed
        database = reader.secret(Self.databaseSetting)?.revealed
        coordination = reader.secret(Self.coordinationSetting)?.revealed
        objects = reader.secret(Self.objectsSetting)?.revealed
        if (broker == nil) != (database == nil) {
            reader.complain("AINER_BROKER and AINER_DATABASE go together: set both, or neither")
        }
        slots = reader.number(Self.slotsSetting, in: 1...256, else: cores)
        keepDays = reader.number(Self.keepSetting, in: 1...36_500, else: 30)
        logLevel = reader.choice(Self.logSetting, of: ["debug", "notice", "warning", "error"], else: "error")
        ffmpeg = reader.text(Self.ffmpegSetting) ?? "ffmpeg"
        ffprobe = reader.text(Self.ffprobeSetting) ?? "ffprobe"
        voice = reader.text(Self.voiceSetting)
        model = ModelSettings(&reader)
        authSecrets = reader.secret(Self.authSetting)?.revealed.split(separator: ",").map(String.init)
        if let authSecrets, authSecrets.isEmpty || authSecrets.contains(where: { $0.utf8.count < 32 }) {
            reader.complain("AINER_AUTH_SECRET needs 32 characters at least; make one with: openssl rand -hex 32")
        }
        isRegistrationOpen = reader.choice(Self.registrationSetting, of: ["open", "closed"], else: "closed") == "open"
        server = reader.url(Self.serverSetting, schemes: ["http", "https"])
        token = reader.secret(Self.tokenSetting)
    }

    /// What the launcher, `ainer serve` and the services of a farm read, which are no concern of the others.
    package static let elsewhere: Set<String> = [
        "AINER_PORT", "AINER_BUILD", "AINER_ADDRESS", "AINER_PUBLIC_URL", "AINER_HEALTH_PORT", "AINER_HEALTH_ADDRESS",
        "AINER_DRAIN", "AINER_OTLP_URL", "AINER_REQUESTS_PER_MINUTE", "AINER_WEBHOOK_PRIVATE", "AINER_DEV",
        "AINER_SERVICE_TOKEN", "AINER_SERVICE_TOKEN_FILE", "AINER_OWNER_KEY", "AINER_OWNER_KEY_FILE",
        "AINER_INTERNAL_PORT", "AINER_INTERNAL_ADDRESS", "AINER_ORCHESTRATOR_URL", "AINER_HUB_URL", "AINER_LABELS",
    ]
}
