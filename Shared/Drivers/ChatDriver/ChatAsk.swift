// ChatDriver · driver · sees Contracts, HTTP, HTTPClientDriver, Policies, Ports, Wire
import Contracts
import Ports
import Wire

/// How a provider is asked for a shape.
enum ChatForm: Sendable {
    case schema
    /// Any JSON.
    case json
    /// The words of the question have to do.
    case words

    /// For a provider that refuses this one.
    var simpler: ChatForm? {
        switch self {
        case .schema: .json
        case .json: .words
        case .words: nil
        }
    }
}

/// The body of a question.
enum ChatAsk {
    static func bytes(_ question: TextQuestion, model: String, _ form: ChatForm) throws -> [UInt8] {
        var members: [String: JSONValue] = [
            "model": .string(model), "temperature": .integer(0), "stream": .bool(true),
            "stream_options": .object(["include_usage": .bool(true)]),
            "seed": .integer(Int64(question.seed & 0x7FFF_FFFF)), "max_tokens": .integer(Int64(question.longestAnswer)),
            "messages": .array(
                question.turns.map {
                    .object(["role": .string($0.role.rawValue), "content": .string($0.text)])
                }),
        ]
        switch form {
        case .schema:
            members["response_format"] = .object([
                "type": .string("json_schema"),
                "json_schema": .object([
                    "name": .string(question.schemaName), "strict": .bool(true), "schema": question.schema,
                ]),
            ])
        case .json: members["response_format"] = .object(["type": .string("json_object")])
        case .words: break
        }
        return JSON.text(of: .object(members))
    }
}
