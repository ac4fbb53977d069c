// Kit · tests · sees Contracts, Ports, Delivery, Embedded, Lanes, ProcessDriver
import Foundation

/// A Redis of our own on 127.0.0.1. The default user needs no password, `guarded` does.
package struct RedisServer: Sendable {
    package let server: Server

    init(_ server: Server) { self.server = server }

    package var port: Int { get throws { try server.port("port") } }
    package var url: String { get throws { try server.fact("url") } }
    /// With a user who must say a password, which holds every character that a URL must escape.
    package var guardedURL: String { get throws { try server.fact("guarded_url") } }

    /// A namespace that nobody else uses.
    package func namespace() -> String { "test-" + UUID().uuidString.prefix(8).lowercased() }

    /// Asks through the server's own program and answers what it says, a value a line.
    @discardableResult
    package func ask(_ words: String...) async throws -> String {
        try await Server.run("redis-cli", ["-h", "127.0.0.1", "-p", "\(try port)"] + words)
            .trimmingCharacters(in: .newlines)
    }

    package func kill() async throws { try await server.kill() }
    package func stop() async throws { try await server.stop() }
    package func restart() async throws { try await server.restart() }
    package func end() async throws { try await server.end() }

    /// Ends it as a power cut would, and takes everything it has written.
    package func killAndForget() async throws {
        try await kill()
        for file in try FileManager.default.contentsOfDirectory(atPath: server.folder + "/data") {
            try FileManager.default.removeItem(atPath: server.folder + "/data/" + file)
        }
    }
}
