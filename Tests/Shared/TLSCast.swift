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
        let name = UUID().uuidString
        try await openssl(
            ["req", "-new", "-nodes", "-subj", "/CN=server"] + Self.newKey
                + ["-keyout", "\(name).key", "-out", "\(name).csr"])
        try Data("subjectAltName=\(names)\n".utf8).write(to: URL(filePath: "\(folder)/\(name).names"))
        try await openssl([
            "x509", "-req", "-in", "\(name).csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-days", "\(days)",
            "-extfile", "\(name).names", "-set_serial", "\(UInt32.random(in: 1...UInt32.max))", "-out", "\(name).pem",
        ])
        return try TLSContext(certificate: "\(folder)/\(name).pem", key: "\(folder)/\(name).key")
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
