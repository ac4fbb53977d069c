// Contracts · pure · sees nothing

/// The shot's table as JSON Schema 2020-12. Objects stay open: fields of a version to come are no fault.
package enum ShotSchema {
    package static let document: JSONValue = {
        var schema = object(ShotTable.shot)
        schema["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
        schema["$id"] = .string("urn:ainer:shot:1")
        schema["title"] = .string("ainer.shot/1")
        schema["$defs"] = .object(["by": .object(object(ShotTable.provenance))])
        return .object(schema)
    }()

    private static func object(_ shape: Shape) -> [String: JSONValue] {
        let members = shape.fields.map { ($0.name, JSONValue.object(member($0))) }
        let required = shape.fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        var schema: [String: JSONValue] = [
            "type": .string("object"), "properties": .object(Dictionary(members) { first, _ in first }),
        ]
        if !required.isEmpty { schema["required"] = .array(required) }
        return schema
    }

    private static func member(_ field: Field) -> [String: JSONValue] {
        var schema = field.name == "dsl" ? version : type(field.type)
        if !field.choices.isEmpty { schema["enum"] = .array(field.choices) }
        if !field.words.isEmpty { schema["examples"] = examples(field) }
        if field.shorthand != nil {
            schema = ["anyOf": .array([.object(["type": .string("string")]), .object(schema)])]
        }
        // Absent and null are the same for what may be left out.
        if !field.isRequired {
            schema = ["anyOf": .array([.object(schema), .object(["type": .string("null")])])]
        }
        schema["description"] = .string(field.meaning)
        schema["default"] = field.usual
        return schema
    }

    private static let version: [String: JSONValue] = [
        "type": .string("string"), "pattern": .string("^ainer\\.shot/1(\\.[0-9]{1,4})?$"),
    ]

    private static func examples(_ field: Field) -> JSONValue {
        let words = field.words.map { JSONValue.string($0) }
        if case .list = field.type { return .array([.array(words)]) }
        return .array(words)
    }

    private static func type(_ type: FieldType) -> [String: JSONValue] {
        switch type {
        case .text(let most): ["type": .string("string"), "maxLength": .integer(Int64(most))]
        case .id(let prefix):
            ["type": .string("string"), "pattern": .string("^\(prefix)[0-9A-Za-z_-]{1,64}$")]
        case .opaque: ["type": .string("string"), "minLength": .integer(1), "maxLength": .integer(128)]
        case .word(let words): ["enum": .array(words.map { .string($0) })]
        case .bool: ["type": .string("boolean")]
        case .integer(let range):
            [
                "type": .string("integer"), "minimum": .integer(range.lowerBound),
                "maximum": .integer(range.upperBound),
            ]
        case .number(let range):
            ["type": .string("number"), "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
        case .time: ["type": .string("string"), "format": .string("date-time")]
        case .list(let element, let most):
            [
                "type": .string("array"), "items": .object(self.type(element)), "maxItems": .integer(Int64(most)),
            ]
        case .map(let element, let most):
            [
                "type": .string("object"), "additionalProperties": .object(self.type(element)),
                "maxProperties": .integer(Int64(most)),
            ]
        case .object(let shape):
            shape == ShotTable.provenance ? ["$ref": .string("#/$defs/by")] : object(shape)
        case .anyObject: ["type": .string("object")]
        case .any: [:]
        }
    }
}
