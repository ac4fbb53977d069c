// ArchitectureTests · tests · sees nothing
import Foundation

/// What Package.swift says, as the package manager itself reads it.
struct Manifest: Sendable, Decodable {
    struct Target: Sendable, Hashable {
        let name: String
        let type: String
        let path: String
        let sees: [String]
        let features: [String]
        let apt: [String]

        /// A library in C: from the system, or our own lines of it.
        var isC: Bool { path.hasPrefix("Shared/C/") }
        var isTest: Bool { path.hasPrefix("Tests/") }
        /// The service a room belongs to: `Services/Gateway/Core` is Gateway's.
        var service: String? {
            let parts = path.split(separator: "/")
            return parts.count > 1 && parts[0] == "Services" ? String(parts[1]) : nil
        }
    }

    let targets: [Target]

    /// The target a file belongs to: the one whose folder holds it most closely.
    func target(of path: String) -> Target? {
        targets.filter { path.hasPrefix($0.path + "/") }.max { $0.path.utf8.count < $1.path.utf8.count }
    }

    func target(named name: String) -> Target? { targets.first { $0.name == name } }

    /// Asks the package manager. It gets a scratch folder of its own, because whoever runs these tests holds the lock of the usual one.
    static func load() throws -> Manifest {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "ainer-manifest-\(getpid())")
        defer { try? FileManager.default.removeItem(at: scratch) }  // a leftover in the temporary folder harms nobody
        let swift = Process()
        let output = Pipe()
        swift.executableURL = URL(filePath: "/usr/bin/env")
        swift.arguments = [
            "swift", "package", "--package-path", Repository.root, "--scratch-path", scratch.path, "--ignore-lock",
            "dump-package",
        ]
        swift.standardOutput = output
        try swift.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        swift.waitUntilExit()
        return try JSONDecoder().decode(Manifest.self, from: bytes)
    }
}

extension Manifest.Target: Decodable {
    private enum CodingKeys: CodingKey {
        case name
        case type
        case path
        case dependencies
        case settings
        case providers
    }

    private struct Dependency: Decodable {
        let byName: [String?]
    }

    private struct Setting: Decodable {
        struct Kind: Decodable { let enableUpcomingFeature: [String: String]? }
        let kind: Kind
    }

    private struct Provider: Decodable {
        let apt: [[String]]?
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        name = try fields.decode(String.self, forKey: .name)
        type = try fields.decode(String.self, forKey: .type)
        path = try fields.decode(String.self, forKey: .path)
        sees = try fields.decode([Dependency].self, forKey: .dependencies).compactMap { $0.byName.first ?? nil }
        features = try fields.decode([Setting].self, forKey: .settings)
            .compactMap { $0.kind.enableUpcomingFeature?["_0"] }
        apt = try fields.decodeIfPresent([Provider].self, forKey: .providers)?.flatMap { ($0.apt ?? []).joined() } ?? []
    }
}
