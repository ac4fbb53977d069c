// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Foundation
import Wire

/// The examples of our pages, as files and as values.
enum ShotExamples {
    static let names = ["establish", "dialogue", "emotion", "unknown_words"]

    static func text(_ name: String) throws -> String {
        try page("docs/contracts/examples/shots/shot.\(name).v1.json")
    }

    static func value(_ name: String) throws -> JSONValue { try JSON.decode(from: try text(name)) }

    /// A file of the repository; when `AINER_WRITE_PAGES` is set, it is written first.
    static func page(_ path: String, writing text: String? = nil) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        if let text, ProcessInfo.processInfo.environment["AINER_WRITE_PAGES"] != nil {
            try Data(text.utf8).write(to: root.appending(path: path))
        }
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}
