// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation
import Ports

/// A secret of the data folder: whoever can read the file may do what it is for.
struct SecretFile {
    let path: String

    private let prefix: String

    /// The key of the house: whoever shows it may do everything.
    static func key(folder: String) -> SecretFile { SecretFile(folder + "/token", prefix: "ak_local_") }

    /// What the tokens of sessions are signed with, when the environment says nothing.
    static func signing(folder: String) -> SecretFile { SecretFile(folder + "/auth.secret", prefix: "") }

    /// What links to files are signed with. Whoever deletes the file makes every link of before worthless.
    static func links(folder: String) -> SecretFile { SecretFile(folder + "/links.secret", prefix: "") }

    private init(_ path: String, prefix: String) {
        self.path = path
        self.prefix = prefix
    }

    func read() -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }  // there is none yet
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The key, made when there is none.
    func read(or entropy: any Entropy) throws -> String {
        if let key = read(), !key.isEmpty { return key }
        let key = prefix + (0..<4).map { _ in entropy.bits() }.flatMap(Self.bytes).hexText
        let made = FileManager.default.createFile(
            atPath: path, contents: Data((key + "\n").utf8), attributes: [.posixPermissions: 0o600])
        guard made else {
            throw Stop(
                .outputUnwritable, status: ExitCode.unwritable, "cannot write a key of the data folder: \(path)")
        }
        return key
    }

    private static func bytes(_ bits: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) } }
}
