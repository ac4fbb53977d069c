// Advice · shell · sees Contracts, Ports, Wire, Entities
import Contracts
import Wire

/// What a model answers, before anybody believes it.
struct StoryReply: Decodable {
    struct Figure: Decodable {
        let name: String
        let aliases: [String]
        let gender: String
        let age: String
    }

    struct Speech: Decodable {
        let segment: Int
        let speaker: String
    }

    struct Misshapen: Error {
        let faults: String
    }

    let people: [Figure]
    let speeches: [Speech]
    let nobodies: [String]

    private enum CodingKeys: String, CodingKey {
        case people
        case speeches
        case nobodies = "not_people"
    }

    private static let figure = Shape(
        "Figure",
        [
            .must("name", .text(atMost: 200)), .must("aliases", .list(of: .text(atMost: 200), atMost: 40)),
            .must("gender", .word(["female", "male", "unknown"])),
            .must("age", .word(["child", "young", "adult", "old", "unknown"])),
        ])
    private static let speech = Shape(
        "Speech", [.must("segment", .count), .must("speaker", .text(atMost: 200))])
    private static let shape = Shape(
        "StoryReading",
        [
            .must("people", .list(of: .object(figure), atMost: 200)),
            .must("speeches", .list(of: .object(speech), atMost: 2000)),
            .must("not_people", .list(of: .text(atMost: 200), atMost: 200)),
        ])

    /// Closed, and without limits, as providers want it that hold a model to a schema.
    static let schema = closed(shape.jsonSchema)

    /// Some models wrap their JSON, however they are asked.
    static func read(_ text: String) -> Result<StoryReply, Misshapen> {
        guard let first = text.firstIndex(of: "{"), let last = text.lastIndex(of: "}"), first < last else {
            return .failure(Misshapen(faults: "there is no JSON object in it"))
        }
        let bytes = Array(text[first...last].utf8)
        do {
            let faults = try ShapeCheck.faults(in: bytes, against: shape, atMost: 5)
            guard faults.isEmpty else {
                return .failure(Misshapen(faults: faults.map(\.description).joined(separator: "; ")))
            }
            return .success(try JSON.decode(from: bytes))
        } catch {
            return .failure(Misshapen(faults: "\(error)"))
        }
    }

    private static func closed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(var members):
            for limit in ["maxItems", "maxLength", "minLength", "minimum", "maximum", "title"] {
                members[limit] = nil
            }
            members = members.mapValues(closed)
            if members["type"] == .string("object") { members["additionalProperties"] = .bool(false) }
            return .object(members)
        case .array(let items): return .array(items.map(closed))
        default: return value
        }
    }
}
