// Kit · tests · sees Contracts, Ports, Delivery, Embedded, Lanes, FileDriver, ProcessDriver
import Contracts
package import Delivery
package import Embedded
import FileDriver
import Foundation
package import Ports

/// A test's own corner of the disk, with a bus and a store in it.
package struct World: Sendable {
    package let folder: String
    package let clock = SystemClock()

    package init() throws {
        folder = NSTemporaryDirectory() + "ainer-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// The corner of another process.
    package init(at folder: String) { self.folder = folder }

    /// Opening again after a close is what a restart does.
    package func openBus() async throws -> EmbeddedBus {
        try await EmbeddedBus.open(path: folder + "/broker.sqlite", clock: clock)
    }

    package func openStore() async throws -> any ObjectStore { try await FolderStore.open(folder: folder) }

    package func openVault() async throws -> PayloadVault {
        PayloadVault(objects: try await openStore(), mint: Mint(clock: clock, entropy: SystemEntropy()))
    }

    package func file(_ name: String, _ text: String) throws -> String {
        let path = folder + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    package func clear() { try? FileManager.default.removeItem(atPath: folder) }  // the system clears it too

    package static func letter(_ number: Int, to address: Letter.Address, _ text: String = "hello") -> Letter {
        Letter(id: EventID(trusted: "evt_\(number)"), to: address, headers: ["n": "\(number)"], body: Array(text.utf8))
    }
}
