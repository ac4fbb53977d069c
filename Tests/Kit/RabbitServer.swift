// Kit · tests · sees Contracts, Ports, Delivery, Embedded, Lanes, FileDriver, ProcessDriver
import Glibc

/// A RabbitMQ of our own on 127.0.0.1. The users are `guest`, and `guarded` with a password that a URL must escape.
package struct RabbitServer: Sendable {
    package let server: Server

    init(_ server: Server) { self.server = server }

    package var port: Int { get throws { try server.port("port") } }
    package var tlsPort: Int { get throws { try server.port("tls_port") } }
    /// The file with the certificate of the authority that signed the server's.
    package var authority: String { get throws { try server.fact("authority") } }

    /// The URL of a vhost that is empty and nobody else's.
    package func vhostURL() async throws -> String { try url(of: try await freshVhost()) }

    /// An empty vhost that nobody else uses: one of those the server began with while there are any, which is quick.
    package func freshVhost() async throws -> String {
        let stock = try server.port("vhosts")
        for number in 1...stock where take(number) { return "test-\(number)" }
        let number = (stock + 1...stock + 10_000).first(where: take) ?? stock
        let name = "test-\(number)"
        _ = try await server.control(["add_vhost", name])
        for user in ["guest", "guarded"] {
            _ = try await server.control(["set_permissions", "-p", name, user, ".*", ".*", ".*"])
        }
        return name
    }

    package func url(of vhost: String) throws -> String { try server.fact("url") + vhost }
    package func guardedURL(of vhost: String) throws -> String { try server.fact("guarded_url") + vhost }
    package func tlsURL(of vhost: String) throws -> String { try server.fact("tls_url") + vhost }

    /// Name and length of every queue.
    package func listQueues(of vhost: String) async throws -> [String: Int] {
        let text = try await server.control([
            "-q", "list_queues", "-p", vhost, "name", "messages", "--no-table-headers",
        ])
        let rows = text.split(separator: "\n").map { $0.split(separator: "\t") }
        return Dictionary(rows.filter { $0.count == 2 }.map { (String($0[0]), Int($0[1]) ?? 0) }) { $1 }
    }

    package func deleteQueue(_ name: String, of vhost: String) async throws {
        _ = try await server.control(["delete_queue", "-p", vhost, name])
    }

    /// Makes the server short of memory, so that it blocks whoever publishes. Only for an own server.
    package func setMemoryAlarm(_ isOn: Bool) async throws {
        _ = try await server.control(["set_vm_memory_high_watermark", isOn ? "0.0001" : "0.6"])
    }

    package func importDefinitions(_ file: String) async throws {
        _ = try await server.control(["import_definitions", file])
    }

    /// Closes the connections into a vhost as an operator would; their clients are told `reason`.
    package func closeConnections(of vhost: String, reason: String) async throws {
        _ = try await server.control(["close_all_connections", "--vhost", vhost, reason])
    }

    package func kill() async throws { try await server.kill() }
    package func stop() async throws { try await server.stop() }
    package func restart() async throws { try await server.restart() }
    package func end() async throws { try await server.end() }

    /// Making a file is the one act two processes cannot both succeed in.
    private func take(_ number: Int) -> Bool {
        let file = open("\(server.folder)/taken-\(number)", O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else { return false }
        close(file)
        return true
    }
}
