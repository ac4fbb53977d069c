// SharedTests · tests · sees Contracts, Ports, CryptoDriver, ProcessDriver
import CryptoDriver
import Foundation
import Ports
import ProcessDriver

/// An authority and the certificates it signs, in a folder of its own, made with the `openssl` program.
struct Authority {
    let folder: String
    var file: String { folder + "/authority.pem" }

    init() async throws {
        folder = NSTemporaryDirectory() + "ainer-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await openssl(
            ["req", "-x509", "-nodes", "-days", "30", "-subj", "/CN=test authority"] + Self.newKey
                + ["-addext", "basicConstraints=critical,CA:TRUE", "-keyout", "authority.key", "-out", "authority.pem"])
    }

    func clear() { try? FileManager.default.removeItem(atPath: folder) }  // the system clears it too

    /// A server's context whose certificate is for `names` ("DNS:a,IP:127.0.0.1") and ends after so many days.
    func server(_ names: String = "DNS:localhost,IP:127.0.0.1", days: Int = 30) async throws -> TLSContext {
        let path = try await certificate(names, days: days)
        return try TLSContext(certificate: path + ".pem", key: path + ".key")
    }

    /// Where `.pem` and `.key` lie.
    func certificate(_ names: String, days: Int) async throws -> String {
        let name = UUID().uuidString
        try await openssl(
            ["req", "-new", "-nodes", "-subj", "/CN=server"] + Self.newKey
                + ["-keyout", "\(name).key", "-out", "\(name).csr"])
        try Data("subjectAltName=\(names)\n".utf8).write(to: URL(filePath: "\(folder)/\(name).names"))
        try await openssl([
            "x509", "-req", "-in", "\(name).csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-days", "\(days)",
            "-extfile", "\(name).names", "-set_serial", "\(UInt32.random(in: 1...UInt32.max))", "-out", "\(name).pem",
        ])
        return "\(folder)/\(name)"
    }

    func client() throws -> TLSContext { try TLSContext(trusting: .authority(file: file)) }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]

    private func openssl(_ words: [String]) async throws {
        let script = "cd \"$1\" && shift && exec openssl \"$@\" 2>&1"
        let program = Program("sh", ["-c", script, "sh", folder] + words, deadline: .seconds(120))
        _ = try await ChildPrograms().run(program, input: [])
    }
}

/// One end of a conversation in memory: what it has heard, and its session.
final class End {
    let session: TLSSession
    private(set) var heard: [UInt8] = []

    init(_ session: TLSSession) { self.session = session }

    func take(_ bytes: some Sequence<UInt8>) throws(TLSFailure) {
        let bytes = Array(bytes)
        // A closure with typed throws is not inferred through `withUnsafeBytes`.
        let end = bytes.withUnsafeBytes { lent in
            Result { () throws(TLSFailure) in try session.take(lent) { heard += $0 } }
        }
        try end.get()
    }

    func send(_ bytes: [UInt8]) throws(TLSFailure) {
        let end = bytes.withUnsafeBytes { lent in Result { () throws(TLSFailure) in try session.send(lent) } }
        try end.get()
    }

    func pour() -> [UInt8] {
        var bytes: [UInt8] = []
        session.pour(into: &bytes)
        return bytes
    }
}

/// Carries bytes between two ends until neither has anything to say.
func talk(_ left: End, _ right: End, pieces: () -> Int = { .max }) throws {
    while left.session.hasPending || right.session.hasPending {
        for (from, to) in [(left, right), (right, left)] {
            var bytes = from.pour()[...]
            while !bytes.isEmpty {
                let count = min(bytes.count, max(1, pieces()))
                try to.take(bytes.prefix(count))
                bytes = bytes.dropFirst(count)
            }
        }
    }
}

/// The library's own server, on a port of its own; what is typed into it goes to whoever called, but for a line `R`,
/// which makes it ask for another handshake.
final class TypedServer {
    let port: Int
    private let process = Process()
    private let keys = Pipe()
    private static var ready: Regex<(Substring, Substring)> { /ACCEPT [0-9.]+:([0-9]+)\n/ }

    init(_ authority: Authority, _ words: [String]) async throws {
        let path = try await authority.certificate("DNS:localhost", days: 30)
        let screen = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments =
            ["s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-cert", path + ".pem", "-key", path + ".key"]
            + words
        process.standardInput = keys
        process.standardOutput = screen
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Among other lines it says "ACCEPT 127.0.0.1:PORT" once it listens.
        var said = ""
        while said.firstMatch(of: Self.ready) == nil, let more = try screen.fileHandleForReading.read(upToCount: 1) {
            said += String(decoding: more, as: UTF8.self)
        }
        let number = said.firstMatch(of: Self.ready).flatMap { Int($0.1) }
        port = number ?? 0
    }

    func type(_ line: String) throws { try keys.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8)) }

    func close() { kill(process.processIdentifier, SIGKILL) }
}
