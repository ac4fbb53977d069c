// Wire · bytes · sees Contracts
import Contracts

/// A shape made ready for looking up: what each key means, and which must be there.
final class CompiledShape: Sendable {
    struct Member: Sendable {
        /// Below 64: what was seen is remembered in the bits of a word.
        let place: Int
        let type: CompiledType
        let isOldName: Bool
    }

    let members: KeyTable<Member>
    let required: [(place: Int, name: String)]

    init(_ shape: Shape) {
        var keys: [(key: String, meaning: Member)] = []
        for (place, field) in shape.fields.enumerated() {
            let type = CompiledType(field.type)
            keys.append((field.name, Member(place: place, type: type, isOldName: false)))
            if let old = field.oldName { keys.append((old, Member(place: place, type: type, isOldName: true))) }
        }
        members = KeyTable(keys)
        required = shape.fields.enumerated().filter { $1.isRequired }.map { ($0, $1.name) }
    }
}

indirect enum CompiledType: Sendable {
    case text(atMost: Int)
    case id(prefix: [UInt8])
    case word(KeyTable<Bool>, hint: String)
    case bool
    case integer(ClosedRange<Int64>)
    case number(ClosedRange<Double>)
    case time
    case list(CompiledType, atMost: Int)
    case map(CompiledType, atMost: Int)
    case object(CompiledShape)
    case anyObject
    case any

    init(_ type: FieldType) {
        switch type {
        case .text(let most): self = .text(atMost: most)
        case .opaque: self = .text(atMost: 128)
        case .id(let prefix): self = .id(prefix: Array(prefix.utf8))
        case .word(let words):
            let hint = words.prefix(12).joined(separator: ", ") + (words.count > 12 ? ", …" : "")
            self = .word(KeyTable(words.map { (key: $0, meaning: true) }), hint: hint)
        case .bool: self = .bool
        case .integer(let range): self = .integer(range)
        case .number(let range): self = .number(range)
        case .time: self = .time
        case .list(let element, let most): self = .list(CompiledType(element), atMost: most)
        case .map(let value, let most): self = .map(CompiledType(value), atMost: most)
        case .object(let shape): self = .object(CompiledShape(shape))
        case .anyObject: self = .anyObject
        case .any: self = .any
        }
    }
}
