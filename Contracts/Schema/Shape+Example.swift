// Contracts · pure · sees nothing

extension Shape {
    /// What a value of this shape looks like: every field, or only those that must be there.
    package func example(onlyRequired: Bool = false) -> JSONValue {
        let told = fields.filter { $0.isRequired || !onlyRequired }
        return .object(
            Dictionary(told.map { ($0.name, $0.type.example(onlyRequired: onlyRequired)) }) { first, _ in first })
    }
}

extension FieldType {
    package func example(onlyRequired: Bool = false) -> JSONValue {
        switch self {
        case .text(let most): .string(String("text".prefix(most)))
        case .id(let prefix): .string(prefix + "01JDK5Z8Y3W9QF7V2N4T6R8PXA")
        case .opaque: .string("a_name")
        case .word(let words): .string(words.first ?? "")
        case .bool: .bool(true)
        case .integer(let range): .integer(range.contains(1) ? 1 : range.lowerBound)
        case .number(let range): .number(range.contains(0.5) ? 0.5 : range.lowerBound)
        case .time: .string("2026-02-26T12:00:00.000000Z")
        case .list(let element, _): .array([element.example(onlyRequired: onlyRequired)])
        case .map(let value, _): .object(["key": value.example(onlyRequired: onlyRequired)])
        case .object(let shape): shape.example(onlyRequired: onlyRequired)
        case .anyObject: .object(["key": .string("value")])
        case .any: .string("value")
        }
    }
}
