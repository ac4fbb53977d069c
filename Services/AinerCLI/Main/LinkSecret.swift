// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import FileDriver
import Foundation
import Ports

/// What links to files are signed with. Whoever deletes the file makes every link of before worthless.
struct LinkSecret {
    let path: String

    init(folder: String) { path = folder + "/links.secret" }

    /// The secret is made when there is none.
    func links(base: String, or entropy: any Entropy) throws -> FileLinks {
        let secret = try? Data(contentsOf: URL(fileURLWithPath: path))  // there is none yet
        guard let links = FileLinks(secret: Array(try secret ?? made(of: entropy)), base: base) else {
            throw Stop(.outputUnwritable, status: ExitCode.unwritable, "too short to sign links with: \(path)")
        }
        return links
    }

    private func made(of entropy: any Entropy) throws -> Data {
        let bytes = (0..<4).map { _ in entropy.bits() }.flatMap { bits in
            (0..<8).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
        }
        let made = FileManager.default.createFile(
            atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        guard made else {
            throw Stop(.outputUnwritable, status: ExitCode.unwritable, "cannot write the secret of links: \(path)")
        }
        return Data(bytes)
    }
}
