// Opening · wiring · sees Contracts, CryptoDriver, Delivery, Embedded, FileDriver, HTTP, HTTPClientDriver, HTTPServerDriver, Policies, Ports, PostgresDriver, RabbitDriver, RedisDriver, S3Driver, SQLiteDriver, ServiceHost, Settings, Telemetry

/// Which version of AINER this is, whatever program asks.
package enum HouseVersion {
    package static let text = "0.3.0"
}
