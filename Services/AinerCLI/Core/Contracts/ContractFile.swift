// AinerCLICore · pure · sees Contracts, Policies
package import Contracts

/// One file of the exported contracts.
package struct ContractFile: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case json(JSONValue)
        case text(String)
    }

    /// Below the folder of the export.
    package let path: String
    package let content: Content

    /// Everything that may be said, as files for other programs and for people.
    package static func all() -> [ContractFile] {
        let registry = Registry.standard
        return [
            ContractFile(path: "catalog.json", content: .json(.array(registry.entries.map(\.record)))),
            ContractFile(path: "commands.json", content: .json(commands)),
            ContractFile(path: "units.json", content: .json(.array(Unit.all.map(\.record)))),
            ContractFile(path: "errors.json", content: .json(.array(ErrorCode.allCases.map(\.record)))),
            ContractFile(path: "errors.md", content: .text(ErrorCode.page())),
            ContractFile(path: "asyncapi.yaml", content: .text(YAML.text(of: AsyncAPI.document(of: registry)))),
            ContractFile(path: "events.md", content: .text(EventsPage.text(of: registry))),
            ContractFile(path: "shot.md", content: .text(ShotPage.text())),
            ContractFile(path: "schemas/envelope.json", content: .json(.schema(EnvelopeShape.shape, "envelope"))),
        ] + registry.entries.map(\.schemaFile) + Shape.contracts.map(\.contractFile)
    }

    private static let commands = JSONValue.object(
        Dictionary(GenesisCommand.allCases.map { ($0.rawValue, .string($0.event.rawValue)) }) { first, _ in first })
}

extension EventEntry {
    /// The row as other programs read it.
    package var record: JSONValue {
        .object([
            "catalog": .string(catalogue.rawValue), "event_type": .string(name), "section": .string(section),
            "producer": .string(producers.first?.rawValue ?? ""), "topic": .string(topic.rawValue),
            "visibility": .string(visibility.rawValue), "persistence": .string(persistence.rawValue),
            "version": .string(version), "lifecycle": .string(lifecycle.rawValue),
            "replaced_by": replacement.map { .string($0.name) } ?? .null,
        ])
    }

    /// What the payload looks like, as JSON Schema.
    package var jsonSchema: JSONValue {
        guard case .object(var schema) = JSONValue.schema(payloadShape, "\(catalogue.rawValue)/\(name)") else {
            return .null
        }
        schema["description"] = .string(meaning)
        if case .draft = self.schema { schema["x-ainer-draft"] = .bool(true) }
        return .object(schema)
    }

    private var payloadShape: Shape {
        switch schema {
        case .typed(let shape): shape
        case .draft: Shape(name, [])
        }
    }

    fileprivate var schemaFile: ContractFile {
        ContractFile(path: "schemas/\(catalogue.rawValue)/\(name).json", content: .json(jsonSchema))
    }
}

extension Shape {
    /// What stands on its own beside the events.
    package static let contracts: [Shape] = [
        .taskSpec, .dispatchDecision, .entityPack, .assetCandidate, .shotPlan, .timelinePlan, .artifact, .workerResult,
        .error, .jobTicket, .payloadReference, ShotTable.shot,
    ]

    fileprivate var contractFile: ContractFile {
        ContractFile(path: "schemas/contracts/\(name).json", content: .json(.schema(self, "contracts/\(name)")))
    }
}

extension JSONValue {
    fileprivate static func schema(_ shape: Shape, _ name: String) -> JSONValue {
        guard case .object(var schema) = shape.jsonSchema else { return .null }
        schema["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
        schema["$id"] = .string("urn:ainer:schema:\(name.replacing("/", with: ":"))")
        return .object(schema)
    }
}

extension Unit {
    package var record: JSONValue {
        .object(["name": .string(name), "domain": .string(domain.rawValue), "kind": .string(kind.rawValue)])
    }
}

extension ErrorCode {
    /// The row as other programs read it.
    package var record: JSONValue {
        .object([
            "code": .string(rawValue), "error_code": .string(rawValue), "retryable": .bool(isRetryable),
            "http_status": .integer(Int64(httpStatus)),
            "owner_module": .string(entry.owner.name), "meaning": .string(entry.meaning),
            "next_step": .string(entry.nextStep),
        ])
    }
}
