// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
package import Contracts
import HTTP
import Wire

package enum ParameterPlace: String, Sendable, Hashable {
    case path
    case query
    case header
}

/// What a route may be told to take: a parameter or a body. Whatever is taken is what `Input` can be asked for.
package protocol Taken: Sendable {
    func declare(in route: inout Route)
}

/// One typed word of a request. It is declared once, and the input is asked with the same value: `try input[limit]`.
package struct Parameter<Value: Sendable>: Taken {
    package let declaration: DeclaredParameter
    private let value: @Sendable (JSONValue?) -> Value?

    /// `value` makes what has been checked a value of ours; it is asked with nil when the parameter is absent.
    init(_ declaration: DeclaredParameter, _ value: @escaping @Sendable (JSONValue?) -> Value?) {
        self.declaration = declaration
        self.value = value
    }

    package func declare(in route: inout Route) {
        let value = value
        route.parameters.append(declaration)
        route.readers[declaration.key] = { value($0) }
    }

    /// The same with an example that says more than one of its type.
    package func example(_ example: JSONValue) -> Parameter {
        var declaration = declaration
        declaration.example = example
        return Parameter(declaration, value)
    }
}

/// A parameter as the document shows it and the checker holds it.
package struct DeclaredParameter: Sendable, Hashable {
    package let name: String
    package let place: ParameterPlace
    package let type: FieldType
    package let isRequired: Bool
    package let meaning: String
    package var usual: JSONValue?
    package var example: JSONValue

    init(
        _ name: String, _ place: ParameterPlace, _ type: FieldType, isRequired: Bool, _ meaning: String
    ) {
        self.name = name
        self.place = place
        self.type = type
        self.isRequired = isRequired
        self.meaning = meaning
        example = type.example()
    }

    var key: String { "\(place.rawValue) \(name)" }

    /// The checked value of the texts a request brought; nil when it brought none.
    func read(_ texts: [String]) throws(Problem.Fault) -> JSONValue? {
        guard !texts.isEmpty else {
            if isRequired { throw fault("it must be there") }
            return usual
        }
        let value: JSONValue
        if case .list(let element, _) = type {
            value = .array(try texts.map { text throws(Problem.Fault) in try parse(text, element) })
        } else {
            guard texts.count == 1 else { throw fault("it stands there more than once") }
            value = try parse(texts[0], type)
        }
        if let first = ValueCheck.faults(in: value, as: type).first { throw fault(first.detail) }
        return value
    }

    private func parse(_ text: String, _ type: FieldType) throws(Problem.Fault) -> JSONValue {
        switch type {
        case .bool, .integer, .number:
            // Only JSON's own spelling: `0x10`, `1_000` and `inf` are texts, and the checker says what was expected.
            guard !text.contains(" "), let value = try? JSON.value(of: Array(text.utf8))  // no number is a text
            else { return .string(text) }
            return value
        default: return .string(text)
        }
    }

    private func fault(_ detail: String) -> Problem.Fault { Problem.Fault(.parameter(name, in: place), detail) }
}

extension Problem.Fault: Error {}

/// A type that a parameter can have by itself.
package protocol ParameterValue: Sendable {
    static var parameterType: FieldType { get }
    init?(parameter: JSONValue)
}

extension String: ParameterValue {
    package static var parameterType: FieldType { .text(atMost: 1024) }
    package init?(parameter: JSONValue) {
        guard case .string(let text) = parameter else { return nil }
        self = text
    }
}

extension Bool: ParameterValue {
    package static var parameterType: FieldType { .bool }
    package init?(parameter: JSONValue) {
        guard case .bool(let value) = parameter else { return nil }
        self = value
    }
}

extension Int: ParameterValue {
    package static var parameterType: FieldType { .count }
    package init?(parameter: JSONValue) {
        switch parameter {
        case .integer(let value): self = Int(value)
        case .number(let value):
            guard let whole = Int(exactly: value) else { return nil }
            self = whole
        default: return nil
        }
    }
}

extension Timestamp: ParameterValue {
    package static var parameterType: FieldType { .time }
    package init?(parameter: JSONValue) {
        guard case .string(let text) = parameter else { return nil }
        self.init(text: text)
    }
}

// MARK: how parameters are declared

extension Parameter where Value: Identifier {
    /// A segment of the path that is one of our names. What is spelt otherwise names nothing: 404.
    package static func path(_ name: String, _: Value.Type, _ meaning: String) -> Parameter {
        Parameter(DeclaredParameter(name, .path, .id(Value.prefix), isRequired: true, meaning)) {
            if case .string(let text)? = $0 { Value(rawValue: text) } else { nil }
        }
    }
}

extension Parameter {
    /// A segment of the path of another type.
    package static func path(
        _ name: String, _: Value.Type, as type: FieldType? = nil, _ meaning: String
    ) -> Parameter where Value: ParameterValue {
        Parameter(DeclaredParameter(name, .path, type ?? Value.parameterType, isRequired: true, meaning)) {
            $0.flatMap(Value.init(parameter:))
        }
    }

    /// A number of the query within bounds.
    package static func query(
        _ name: String, _ range: ClosedRange<Int>, usually usual: Int, _ meaning: String
    ) -> Parameter where Value == Int {
        let bounds = Int64(range.lowerBound)...Int64(range.upperBound)
        var declaration = DeclaredParameter(name, .query, .integer(bounds), isRequired: false, meaning)
        declaration.usual = .integer(Int64(usual))
        declaration.example = .integer(Int64(usual))
        return Parameter(declaration) { $0.flatMap(Int.init(parameter:)) }
    }

    /// A word of the query that may be there.
    package static func query<Wrapped: ParameterValue>(
        _ name: String, _: Wrapped.Type, as type: FieldType? = nil, _ meaning: String
    ) -> Parameter where Value == Wrapped? {
        optional(DeclaredParameter(name, .query, type ?? Wrapped.parameterType, isRequired: false, meaning)) {
            Wrapped(parameter: $0)
        }
    }

    /// A word of an enum of ours.
    package static func query<Word>(
        _ name: String, wordOf _: Word.Type, _ meaning: String
    ) -> Parameter where Value == Word?, Word: CaseIterable & RawRepresentable<String> & Sendable {
        optional(DeclaredParameter(name, .query, .word(of: Word.self), isRequired: false, meaning)) {
            if case .string(let text) = $0 { Word(rawValue: text) } else { nil }
        }
    }

    /// Every value of a name that may come often.
    package static func query(
        _ name: String, listOf type: FieldType, atMost most: Int, _ meaning: String
    ) -> Parameter where Value == [String] {
        Parameter(DeclaredParameter(name, .query, .list(of: type, atMost: most), isRequired: false, meaning)) { value in
            guard case .array(let elements)? = value else { return [] }
            return elements.compactMap(String.init(parameter:))
        }
    }

    /// A field of the request that may be there.
    package static func header(
        _ name: String, as type: FieldType = .opaque, _ meaning: String
    ) -> Parameter where Value == String? {
        optional(DeclaredParameter(name, .header, type, isRequired: false, meaning)) { String(parameter: $0) }
    }

    /// A field of the request that must be there.
    package static func requiredHeader(
        _ name: String, as type: FieldType = .opaque, _ meaning: String
    ) -> Parameter where Value == String {
        Parameter(DeclaredParameter(name, .header, type, isRequired: true, meaning)) {
            $0.flatMap(String.init(parameter:))
        }
    }

    /// Absent is nil; a value that is there has been checked against the same type, so it is never lost.
    private static func optional<Wrapped>(
        _ declaration: DeclaredParameter, _ read: @escaping @Sendable (JSONValue) -> Wrapped?
    ) -> Parameter where Value == Wrapped? {
        Parameter(declaration) { value in .some(value.flatMap(read)) }
    }
}
