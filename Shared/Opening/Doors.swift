// Opening · wiring · sees Contracts, CryptoDriver, Delivery, Embedded, FileDriver, HTTP, HTTPClientDriver, HTTPServerDriver, Policies, Ports, PostgresDriver, RabbitDriver, RedisDriver, S3Driver, SQLiteDriver, ServiceHost, Settings, Telemetry
import Contracts
import CryptoDriver
package import Delivery
import Embedded
package import FileDriver
import HTTPClientDriver
import Policies
package import Ports
import PostgresDriver
import RabbitDriver
import RedisDriver
import S3Driver
import SQLiteDriver
package import ServiceHost
package import Telemetry

/// Opens what services stand on, wherever it is: on servers where a URL is given, in the data folder where none is.
package struct Doors: Sendable {
    package let places: Places
    package let clock: any WallClock
    package let entropy: any Entropy
    package let log: Log
    /// Which program it is, for those who look at a server's connections.
    package let name: String

    package init(_ places: Places, name: String, clock: any WallClock, entropy: any Entropy, log: Log) {
        self.places = places
        self.name = name
        self.clock = clock
        self.entropy = entropy
        self.log = log
    }

    /// One owner's database: what it writes, and what works behind it.
    package struct Owner: Sendable {
        package let desk: Desk
        package let services: [Service]
        package let database: any Database
    }

    package func bus() async throws -> any MessageBus {
        guard let url = places.broker else {
            return try await EmbeddedBus.open(path: places.folder + "/broker.sqlite", clock: clock)
        }
        return try await RabbitBus.open(
            url, RabbitBus.Options(name: name, entropy: entropy, log: log, patience: .seconds(10)))
    }

    package func coordination() async throws -> any Coordination {
        guard let url = places.coordination else { return LocalCoordination() }
        return try await RedisCoordination.open(
            url, RedisCoordination.Options(namespace: "ainer", name: name, entropy: entropy, log: log))
    }

    /// Links of files are made by `links`; without it, none. A bucket makes its own.
    package func objects(links: FileLinks? = nil) async throws -> any ObjectStore {
        let local = try await FolderStore.open(folder: places.folder, links: links)
        guard let bucket = places.bucket else { return local }
        var options = HTTPClientOptions()
        options.name = "objects"
        return try S3Store(bucket, local: local, client: try HTTPClient(options), clock: clock)
    }

    package func owner(
        _ name: String, _ migrations: [Migration], bus: any MessageBus, vault: PayloadVault
    ) async throws -> Owner {
        let database: any Database =
            if let url = places.database {
                try await PostgresDatabase.open(url: url, owner: name, log: log)
            } else {
                try await SQLiteDatabase.open(path: "\(places.folder)/\(name).sqlite", owner: name)
            }
        try await database.migrate([DeliveryTables.migration(number: 0)] + migrations)
        let relay = Relay(database: database, bus: bus, clock: clock, log: log)
        let retention = Retention(
            database: database, clock: clock, log: log, keeping: .seconds(86_400 * places.keepDays))
        return Owner(
            desk: Desk(database: database, relay: relay, vault: vault),
            services: [
                Service("relay of \(name)") { try await relay.run() },
                Service("retention of \(name)") { await retention.run() },
            ],
            database: database)
    }
}
