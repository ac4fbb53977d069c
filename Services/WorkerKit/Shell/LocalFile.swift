// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
import Foundation

/// Whole files of an attempt's folder.
package enum LocalFile {
    package static func read(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    package static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    package static func remove(folder: String) throws {
        guard FileManager.default.fileExists(atPath: folder) else { return }
        try FileManager.default.removeItem(atPath: folder)
    }
}
