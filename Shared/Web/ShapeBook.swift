// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
import Contracts

/// The shapes a document speaks of: each is written once and referred to by its name.
struct ShapeBook {
    /// A text of which nothing else is known: U+0000 can stand nowhere.
    static let anyText = JSONValue.string(#"^[^\u0000]*$"#)

    private(set) var schemas: [String: JSONValue] = [:]

    /// Two shapes of one name are one shape here; the first is written.
    mutating func reference(to shape: Shape) -> JSONValue {
        add(shape)
        return .object(["$ref": .string("#/components/schemas/\(shape.name)")])
    }

    mutating func add(_ shape: Shape) {
        guard schemas[shape.name] == nil else { return }
        schemas[shape.name] = .bool(true)  // a shape within itself finds it known
        schemas[shape.name] = Self.exact(shape.jsonSchema)
    }

    mutating func schema(of type: FieldType) -> JSONValue {
        if case .object(let shape) = type { return reference(to: shape) }
        let carrier = Shape("carrier", [.must("value", type)])
        return Self.exact(carrier.jsonSchema["properties"]?["value"] ?? .object([:]))
    }

    /// A form: what may be anything is a file.
    static func form(_ shape: Shape) -> JSONValue {
        guard case .object(var members) = exact(shape.jsonSchema), case .object(let parts)? = members["properties"]
        else {
            return .object([:])
        }
        members["properties"] = .object(
            parts.merging(shape.fields.filter { $0.type == .any }.map { ($0.name, file(saying: $0.meaning)) }) { $1 })
        members["additionalProperties"] = .bool(false)
        return .object(members)
    }

    private static func file(saying meaning: String) -> JSONValue {
        .object(["type": .string("string"), "format": .string("binary"), "description": .string(meaning)])
    }

    /// The contract's schema says of a text how long it is; here it also says what we refuse in every text: NUL.
    private static func exact(_ schema: JSONValue) -> JSONValue {
        switch schema {
        case .object(var members):
            members = members.mapValues(exact)
            if members["type"] == .string("string"), ["enum", "pattern", "format"].allSatisfy({ members[$0] == nil }) {
                members["pattern"] = Self.anyText
            }
            return .object(members)
        case .array(let elements): return .array(elements.map(exact))
        default: return schema
        }
    }
}
