// Opening · wiring · sees Contracts, CryptoDriver, Delivery, Embedded, FileDriver, HTTP, HTTPClientDriver, HTTPServerDriver, Policies, Ports, PostgresDriver, RabbitDriver, RedisDriver, S3Driver, SQLiteDriver, ServiceHost, Settings, Telemetry
import Foundation
package import S3Driver
package import Settings

/// Where everything is. A URL may hold a password: none of it is ever shown.
package struct Places: Sendable {
    package var folder: String
    package var broker: String?
    package var database: String?
    package var coordination: String?
    package var bucket: S3Options?
    package var keepDays = 30

    package init(folder: String) { self.folder = folder }

    /// As `ainer` was told; whatever nobody named lies in the data folder.
    package init(_ settings: Settings) throws(SettingsFault) {
        self.init(folder: settings.dataFolder)
        broker = settings.broker
        database = settings.database
        coordination = settings.coordination
        keepDays = settings.keepDays
        guard let text = settings.objects else { return }
        guard let bucket = Self.bucket(in: text) else { throw SettingsFault(faults: [Self.complaint]) }
        self.bucket = bucket
    }

    package static let complaint = "AINER_OBJECTS is not like s3://KEY:SECRET@HOST[:PORT]/BUCKET[?region=NAME&tls=no]"

    package static func bucket(in text: String) -> S3Options? {
        guard let url = URLComponents(string: text), url.scheme == "s3", let host = url.host, !host.isEmpty,
            let key = url.user, !key.isEmpty, let secret = url.password, !secret.isEmpty
        else { return nil }
        let words = url.path.split(separator: "/")
        guard words.count == 1 else { return nil }
        let asked = Dictionary(
            (url.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
        guard Set(asked.keys).isSubset(of: ["region", "tls", "style"]) else { return nil }
        let scheme = asked["tls"] == "no" ? "http" : "https"
        let place = host + (url.port.map { ":\($0)" } ?? "")
        var options = S3Options(
            endpoint: "\(scheme)://\(place)", region: asked["region"] ?? "us-east-1", bucket: String(words[0]),
            accessKey: key, secret: secret)
        options.isPathStyle = asked["style"] != "host"
        return options
    }
}
