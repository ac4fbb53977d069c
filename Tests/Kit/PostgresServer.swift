// Kit · tests · sees Contracts, Ports, Delivery, Embedded, Lanes, FileDriver, ProcessDriver
import Foundation

/// A PostgreSQL of our own on 127.0.0.1. The user `postgres` needs no password, `guarded` does.
package struct PostgresServer: Sendable {
    package let server: Server

    init(_ server: Server) { self.server = server }

    package var port: Int { get throws { try server.port("port") } }

    /// Creates an empty database that nobody else uses, and answers its URL.
    package func database() async throws -> String { url(of: try await freshDatabase(), try server.fact("url")) }

    /// Creates an empty database that nobody else uses, and answers its name.
    package func freshDatabase() async throws -> String {
        let name = "test_" + UUID().uuidString.prefix(8).lowercased()
        // Of template0, to which nobody may connect: a template in use cannot be copied.
        let words = ["-h", "127.0.0.1", "-p", "\(try port)", "-U", "postgres", "-T", "template0", name]
        _ = try await Server.run(try server.fact("programs") + "/createdb", words)
        return name
    }

    /// Runs SQL through the server's own program and answers the bare values, a row a line.
    package func ask(_ sql: String, of database: String) async throws -> String {
        try await Server.run(
            try server.fact("programs") + "/psql", ["-X", "-q", "-A", "-t", "-d", try url(of: database), "-c", sql])
    }

    package func url(of database: String) throws -> String { url(of: database, try server.fact("url")) }

    /// With a user who must say a password, which holds every character that a URL must escape.
    package func guardedURL(of database: String) throws -> String { url(of: database, try server.fact("guarded_url")) }

    /// With the certificate checked. The one of version 16 may not know TLS: then there is no such URL.
    package func tlsURL(of database: String) throws -> String {
        url(of: database, try server.fact("tls_url")) + "?sslmode=verify-full&sslrootcert=\(try authority)"
    }

    /// Through the socket in its folder, past the network.
    package func socketURL(of database: String) throws -> String {
        "postgres:///\(database)?host=\(try server.fact("sockets"))&port=\(try port)&user=postgres"
    }

    /// The file with the certificate of the authority that signed the server's.
    package var authority: String { get throws { try server.fact("authority") } }

    package func kill() async throws { try await server.kill() }
    package func stop() async throws { try await server.stop() }
    package func restart() async throws { try await server.restart() }
    package func end() async throws { try await server.end() }

    private func url(of database: String, _ url: String) -> String {
        url.dropLast("/postgres".count) + "/" + database
    }
}
