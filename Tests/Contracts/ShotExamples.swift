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

    static func value(_ name: String) throws -> JSONValue { try JSON.value(of: Array(try text(name).utf8)) }

    static func page(_ path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}
