// Gold · tests · sees Contracts, Ingest, Entities, Planning, Wire
import Contracts
import Foundation
import Wire

/// A story with what a careful reader finds in it.
package struct GoldStory: Sendable {
    package let name: String
    package let text: String
    package let notes: GoldNotes

    /// Four are never looked at while rules are tuned: what the rules do to them is what they do to a stranger's story.
    package var isHeldOut: Bool { notes.isHeldOut ?? false }

    /// Every story of a folder: `name.md` beside `name.gold.json`.
    package static func all(in folder: String) throws -> [GoldStory] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".md") }.sorted().map {
            file in
            let name = String(file.dropLast(".md".count))
            let notes = try Data(contentsOf: URL(filePath: "\(folder)/\(name).gold.json"))
            return GoldStory(
                name: name, text: try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8),
                notes: try JSON.decode(from: Array(notes)))
        }
    }
}

/// What stands beside a story; how it is compared says `Score`.
package struct GoldNotes: Codable, Sendable {
    package struct Named: Codable, Sendable {
        package var name: String
        /// Every other word the story has for them.
        package var aliases: [String]

        package init(name: String, aliases: [String]) { (self.name, self.aliases) = (name, aliases) }
    }

    package struct Line: Codable, Sendable {
        /// What stands between the marks.
        package var text: String
        package var speaker: String

        package init(text: String, speaker: String) { (self.text, self.speaker) = (text, speaker) }
    }

    package var language: String
    package var isHeldOut: Bool?
    package var cast: [Named]
    package var places: [Named]
    package var lines: [Line]
    /// How the first sentence of each scene begins.
    package var scenes: [String]

    package init(language: String, cast: [Named], places: [Named], lines: [Line], scenes: [String]) {
        self.language = language
        self.cast = cast
        self.places = places
        self.lines = lines
        self.scenes = scenes
    }

    package enum CodingKeys: String, CodingKey {
        case language
        case isHeldOut = "held_out"
        case cast
        case places
        case lines
        case scenes
    }
}
