// Contracts · pure · sees nothing

extension Shape {
    /// The same table as JSON Schema 2020-12.
    package var jsonSchema: JSONValue {
        var schema: [String: JSONValue] = [
            "type": .string("object"), "title": .string(name),
            "properties": .object(Dictionary(fields.map { ($0.name, $0.jsonSchema) }) { first, _ in first }),
        ]
        let required = fields.filter { $0.isRequired && $0.oldName == nil }.map { JSONValue.string($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        let renamed = fields.filter { $0.isRequired && $0.oldName != nil }
        if !renamed.isEmpty {
            schema["allOf"] = .array(
                renamed.map { field in
                    let either = [field.name, field.oldName ?? field.name]
                    return .object([
                        "anyOf": .array(either.map { .object(["required": .array([.string($0)])]) })
                    ])
                })
        }
        return .object(schema)
    }
}

extension Field {
    fileprivate var jsonSchema: JSONValue {
        guard case .object(var schema) = type.jsonSchema else { return type.jsonSchema }
        if !meaning.isEmpty { schema["description"] = .string(meaning) }
        if let oldName { schema["x-formerly"] = .string(oldName) }
        if let usual { schema["default"] = usual }
        if !choices.isEmpty { schema["enum"] = .array(choices) }
        if !words.isEmpty { schema["examples"] = examples }
        var either = [JSONValue.object(schema)]
        if shorthand != nil { either.append(.object(["type": .string("string")])) }
        if !isRequired { either.append(.object(["type": .string("null")])) }
        return either.count == 1 ? either[0] : .object(["anyOf": .array(either)])
    }

    private var examples: JSONValue {
        let known = JSONValue.array(words.map(JSONValue.string))
        if case .list = type { return .array([known]) }
        return known
    }
}

extension FieldType {
    var jsonSchema: JSONValue {
        switch self {
        case .text(let most): .object(["type": .string("string"), "maxLength": .integer(Int64(most))])
        case .id(let prefix):
            .object(["type": .string("string"), "pattern": .string("^\(prefix)[0-9A-Za-z_-]{1,64}$")])
        case .opaque:
            .object(["type": .string("string"), "minLength": .integer(1), "maxLength": .integer(128)])
        case .word(let words): .object(["type": .string("string"), "enum": .array(words.map(JSONValue.string))])
        case .bool: .object(["type": .string("boolean")])
        case .integer(let range):
            .object([
                "type": .string("integer"), "minimum": .integer(range.lowerBound),
                "maximum": .integer(range.upperBound),
            ])
        case .number(let range): range.jsonSchema
        case .time: .object(["type": .string("string"), "format": .string("date-time")])
        case .list(let element, let most):
            .object([
                "type": .string("array"), "items": element.jsonSchema, "maxItems": .integer(Int64(most)),
            ])
        case .map(let value, let most):
            .object([
                "type": .string("object"), "additionalProperties": value.jsonSchema,
                "maxProperties": .integer(Int64(most)),
            ])
        case .object(let shape): shape.jsonSchema
        case .anyObject: .object(["type": .string("object")])
        case .any: .object([:])
        }
    }
}

extension ClosedRange where Bound == Double {
    fileprivate var jsonSchema: JSONValue {
        guard upperBound < .greatestFiniteMagnitude else { return .object(["type": .string("number")]) }
        return .object([
            "type": .string("number"), "minimum": .number(lowerBound), "maximum": .number(upperBound),
        ])
    }
}
