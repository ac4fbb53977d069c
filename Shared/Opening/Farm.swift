// Opening · wiring · sees Contracts, CryptoDriver, Delivery, Embedded, FileDriver, HTTP, HTTPClientDriver, HTTPServerDriver, Policies, Ports, PostgresDriver, RabbitDriver, RedisDriver, S3Driver, SQLiteDriver, ServiceHost, Settings, Telemetry
import Contracts
package import Delivery
package import HTTP
import HTTPServerDriver
package import Ports
package import ServiceHost
import Telemetry

/// One service of a farm in its own process: opens its doors, waiting for what is not there yet, and seats them in the host so
/// that they are closed in the end, the last first.
package struct Farm: Sendable {
    package let host: ServiceHost.Host
    package let doors: Doors

    package init(_ host: ServiceHost.Host, _ places: Places) {
        self.host = host
        doors = Doors(places, name: host.program.name, clock: host.clock, entropy: host.entropy, log: host.log)
    }

    package func bus() async throws -> any MessageBus {
        let bus = try await host.door("broker", passes: Self.passes) {
            let bus = try await doors.bus()
            do { try await bus.declare(.built) } catch {
                await bus.close()
                throw error
            }
            return bus
        }
        host.house(Part("broker", close: { await bus.close() }))
        return bus
    }

    package func coordination() async throws -> any Coordination {
        let coordination = try await host.door("coordination", passes: Self.passes) { try await doors.coordination() }
        host.house(Part("coordination", close: { await coordination.close() }))
        return coordination
    }

    package func objects() async throws -> any ObjectStore {
        try await host.door("objects", passes: Self.passes) {
            let objects = try await doors.objects()
            // A bucket that is not there is noticed now, and not by the first film.
            _ = try await objects.list(.objects, ListAsk(most: 1))
            return objects
        }
    }

    /// Its relay and its retention work from now on.
    package func owner(
        _ name: String, _ migrations: [Migration], bus: any MessageBus, vault: PayloadVault
    ) async throws -> Doors.Owner {
        let owner = try await host.door("database", passes: Self.passes) {
            try await doors.owner(name, migrations, bus: bus, vault: vault)
        }
        host.house(Part("database", close: { await owner.database.close() }))
        return owner
    }

    /// Ends with the process: on a signal they are cancelled, and what they were at comes again.
    package func work(_ services: [Service], drain: (@Sendable () async -> Void)? = nil) {
        host.house(Part("services", run: { try await ServiceGroup.run(services) }, drain: drain))
    }

    /// Answers HTTP at a place; the answer is the port.
    @discardableResult
    package func answer(_ name: String, at place: Listening, _ responder: any Responder) throws -> Int {
        var options = HTTPServerOptions()
        options.address = place.address
        options.port = UInt16(clamping: place.port)
        let server = try HTTPServer.open(options, responder: responder, log: host.log)
        host.log.notice("answers", [.service: name, .host: "\(place.address):\(server.port)"])
        host.house(
            Part(name, drain: { await server.drain(within: .seconds(20)) }, close: { await server.close() }))
        return Int(server.port)
    }

    /// Only what passes by itself is waited for: a password that is wrong stays wrong.
    private static func passes(_ error: any Error) -> Bool {
        switch error {
        case let failure as BusFailure: [.unreachable, .blocked].contains(failure.code)
        case let failure as DatabaseFailure: [.unreachable, .timeout, .busy, .serialization].contains(failure.code)
        case let failure as CoordinationFailure: failure.code == .unreachable
        case let failure as StoreFailure: [.unreachable, .missing].contains(failure.code)
        default: false
        }
    }
}
