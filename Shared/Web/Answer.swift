// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
package import Contracts
package import HTTP

/// One way a route may end, as the document shows it.
package struct Answer: Sendable {
    package let status: HTTPStatus
    package let meaning: String
    /// Nil when there is no body.
    package let type: MediaType?
    /// Nil when the body is no JSON.
    package let shape: Shape?
    package let example: JSONValue?
    /// Fields beside the usual ones, with what they say.
    package let fields: [String: String]
}

extension Answer {
    package static func json(
        _ status: HTTPStatus, _ shape: Shape, _ meaning: String, example: JSONValue? = nil,
        fields: [String: String] = [:]
    ) -> Answer {
        Answer(
            status: status, meaning: meaning, type: .json, shape: shape, example: example ?? shape.example(),
            fields: fields)
    }

    package static func empty(_ status: HTTPStatus, _ meaning: String, fields: [String: String] = [:]) -> Answer {
        Answer(status: status, meaning: meaning, type: nil, shape: nil, example: nil, fields: fields)
    }

    /// A file or a text.
    package static func body(_ status: HTTPStatus, _ type: MediaType, _ meaning: String, example: String) -> Answer {
        Answer(status: status, meaning: meaning, type: type, shape: nil, example: .string(example), fields: [:])
    }

    /// Events as they happen; the shape is that of each.
    package static func events(_ meaning: String, example: StreamEvent) -> Answer {
        var members: [String: JSONValue] = ["data": .string(example.data)]
        if let name = example.name { members["event"] = .string(name) }
        if let id = example.id { members["id"] = .string(id) }
        return Answer(
            status: 200, meaning: meaning, type: .events, shape: eventShape, example: .object(members), fields: [:])
    }

    private static let eventShape = Shape(
        "StreamEvent",
        [
            .must("data", .text(atMost: 1 << 20), "what happened"), .may("event", .text, "its kind"),
            .may("id", .text, "say it as `Last-Event-ID` to go on behind it"),
        ])

    /// What may go wrong beside what can go wrong everywhere.
    package static func problem(_ code: ErrorCode, status: HTTPStatus? = nil, _ meaning: String? = nil) -> Answer {
        Answer(
            status: status ?? HTTPStatus(code.httpStatus), meaning: meaning ?? code.entry.meaning, type: .problem,
            shape: Problem.shape, example: nil, fields: [:])
    }
}
