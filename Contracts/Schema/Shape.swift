// Contracts · pure · sees nothing

/// What an object on the wire looks like: the one table that its JSON Schema, its checker and its page come from.
/// Fields it does not name are allowed and survive.
package struct Shape: Hashable, Sendable {
    package let name: String
    package let fields: [Field]

    package init(_ name: String, _ fields: [Field]) {
        self.name = name
        self.fields = fields
    }

    package subscript(name: String) -> Field? { fields.first { $0.name == name } }

}

/// One row of a shape.
package struct Field: Hashable, Sendable {
    package let name: String
    package let type: FieldType
    package let isRequired: Bool
    package let meaning: String
    /// A name it had once: read, never written.
    package var oldName: String?
    /// What it is when nobody wrote it; nil when that depends on something else.
    package var usual: JSONValue?
    /// The only values there are; empty: all of the type.
    package var choices: [JSONValue] = []
    /// The words it promises to know; any other word is welcome too.
    package var words: [String] = []
    /// The member that is meant when a plain word stands in place of the object.
    package var shorthand: String?

    /// A field that must be there.
    package static func must(_ name: String, _ type: FieldType, _ meaning: String = "") -> Field {
        Field(name: name, type: type, isRequired: true, meaning: meaning)
    }

    /// A field that may be there; `null` counts as absent.
    package static func may(_ name: String, _ type: FieldType, _ meaning: String = "") -> Field {
        Field(name: name, type: type, isRequired: false, meaning: meaning)
    }

    package func formerly(_ oldName: String) -> Field {
        var field = self
        field.oldName = oldName
        return field
    }
}

/// What a value may be.
package indirect enum FieldType: Hashable, Sendable {
    /// Text of at most so many bytes.
    case text(atMost: Int)
    /// A name of ours: this prefix and 1 to 64 of `[0-9A-Za-z_-]`.
    case id(String)
    /// A name somebody else chose: 1 to 128 bytes.
    case opaque
    /// One of these words.
    case word([String])
    case bool
    case integer(ClosedRange<Int64>)
    case number(ClosedRange<Double>)
    /// RFC 3339.
    case time
    case list(of: FieldType, atMost: Int)
    /// Free keys, values of one type.
    case map(of: FieldType, atMost: Int)
    case object(Shape)
    /// An object nobody has described yet.
    case anyObject
    case any
}

extension FieldType {
    /// A sentence or a word.
    package static let text = FieldType.text(atMost: 4096)
    package static let count = FieldType.integer(0...Int64.max)
    package static let milliseconds = FieldType.integer(0...31_536_000_000)
    package static let number = FieldType.number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
    /// 0…1.
    package static let fraction = FieldType.number(0...1)
    package static func list(of type: FieldType) -> FieldType { .list(of: type, atMost: 10_000) }
    /// The words of an enum of ours.
    package static func word<Words: CaseIterable & RawRepresentable>(of _: Words.Type) -> FieldType
    where Words.RawValue == String {
        .word(Words.allCases.map(\.rawValue))
    }
}
