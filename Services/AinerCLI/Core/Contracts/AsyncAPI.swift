// AinerCLICore · pure · sees Contracts, Policies
import Contracts

/// The same as an AsyncAPI 3.0 document: topics are channels, types are messages.
enum AsyncAPI {
    static func document(of registry: Registry) -> JSONValue {
        .object([
            "asyncapi": .string("3.0.0"),
            "info": .object([
                "title": .string("AINER"), "version": .string("1.0.0"),
                "description": .string(
                    "Everything AINER's services say to each other. Every message is one envelope "
                        + "(schemas/envelope.json) whose payload is described by its type's schema."),
            ]),
            "defaultContentType": .string("application/json"),
            "channels": object(topics(of: registry).map { ($0.rawValue, channel($0, registry)) }),
            "operations": object(topics(of: registry).map { ("say." + $0.rawValue, operation($0)) }),
            "components": .object(["messages": object(registry.entries.map { (key($0), message($0)) })]),
        ])
    }

    private static func topics(of registry: Registry) -> [Topic] {
        Topic.allCases.filter { topic in registry.entries.contains { $0.topic == topic } }
    }

    private static func channel(_ topic: Topic, _ registry: Registry) -> JSONValue {
        let messages = registry.entries.filter { $0.topic == topic }
        return .object([
            "address": .string(topic.rawValue),
            "messages": object(messages.map { (key($0), reference("#/components/messages/\(key($0))")) }),
        ])
    }

    private static func operation(_ topic: Topic) -> JSONValue {
        .object(["action": .string("send"), "channel": reference("#/channels/\(topic.rawValue)")])
    }

    private static func message(_ entry: EventEntry) -> JSONValue {
        .object([
            "name": .string(entry.name), "title": .string(entry.name), "summary": .string(entry.meaning),
            "contentType": .string("application/json"),
            "payload": .object([
                "allOf": .array([
                    reference("schemas/envelope.json"),
                    .object([
                        "type": .string("object"),
                        "properties": .object([
                            "catalog": .object(["const": .string(entry.catalogue.rawValue)]),
                            "event_type": .object(["const": .string(entry.name)]),
                            "payload": reference("schemas/\(entry.catalogue.rawValue)/\(entry.name).json"),
                        ]),
                    ]),
                ])
            ]),
            "x-producers": .array(entry.producers.map { .string($0.rawValue) }),
            "x-visibility": .string(entry.visibility.rawValue),
            "x-lifecycle": .string(entry.lifecycle.rawValue),
        ])
    }

    /// A component's key has no slash.
    private static func key(_ entry: EventEntry) -> String { "\(entry.catalogue.rawValue).\(entry.name)" }
    private static func reference(_ place: String) -> JSONValue { .object(["$ref": .string(place)]) }

    private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(Dictionary(members) { first, _ in first })
    }
}
