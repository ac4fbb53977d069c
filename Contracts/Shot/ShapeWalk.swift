// Contracts · pure · sees nothing

/// Walks a value along its shape and notes everything that does not fit, instead of stopping at the first.
struct ShapeWalk {
    private(set) var faults: [ShotFault] = []
    /// Fields no shape names, each once however often it occurs.
    private(set) var strangers: [ShotFault] = []
    private var seen: Set<String> = []

    mutating func walk(_ value: JSONValue, _ type: FieldType, at path: String) {
        switch type {
        case .text(let most): text(value, atMost: most, at: path)
        case .id(let prefix): name(value, prefix, at: path)
        case .opaque: text(value, atMost: 128, at: path)
        case .word(let words): word(value, words, at: path)
        case .bool: if case .bool = value {} else { note(path, .wrongType, "must be true or false") }
        case .integer(let range): integer(value, range, at: path)
        case .number(let range): number(value, range, at: path)
        case .time: text(value, atMost: 64, at: path)
        case .list(let element, let most): list(value, element, most, at: path)
        case .map(let element, let most): map(value, element, most, at: path)
        case .object(let shape): object(value, shape, at: path)
        case .anyObject: map(value, .any, 10_000, at: path)
        case .any: writable(value, at: path)
        }
    }

    private mutating func note(_ path: String, _ kind: ShotFault.Kind, _ message: String) {
        faults.append(ShotFault(path, kind, message))
    }

    // MARK: single values

    private mutating func text(_ value: JSONValue, atMost most: Int, at path: String) {
        guard case .string(let text) = value else { return note(path, .wrongType, "must be text") }
        if text.utf8.count > most { note(path, .tooMany, "must have at most \(most) bytes") }
    }

    private mutating func name(_ value: JSONValue, _ prefix: String, at path: String) {
        guard case .string(let text) = value else { return note(path, .wrongType, "must be a name of \(prefix)…") }
        if !Spelling(prefix).admits(text) {
            note(path, .badName, "\"\(text.prefix(40))\" must be \(prefix) and 1 to 64 letters or digits")
        }
    }

    private mutating func word(_ value: JSONValue, _ words: [String], at path: String) {
        guard case .string(let text) = value else { return note(path, .wrongType, "must be a word") }
        if !words.contains(text) {
            note(path, .badChoice, "\"\(text.prefix(40))\" must be one of \(words.joined(separator: " "))")
        }
    }

    private mutating func integer(_ value: JSONValue, _ range: ClosedRange<Int64>, at path: String) {
        switch value {
        case .integer(let whole): within(whole, range, at: path)
        case .number(let number) where !number.isFinite: note(path, .notFinite, "must be finite")
        case .number(let number):
            if let whole = Int64(exactly: number) {
                within(whole, range, at: path)
            } else {
                note(path, .wrongType, "must be a whole number")
            }
        case .null, .bool, .string, .array, .object: note(path, .wrongType, "must be a whole number")
        }
    }

    private mutating func number(_ value: JSONValue, _ range: ClosedRange<Double>, at path: String) {
        switch value {
        case .integer(let whole): within(Double(whole), range, at: path)
        case .number(let number) where number.isFinite: within(number, range, at: path)
        case .number: note(path, .notFinite, "must be finite")
        case .null, .bool, .string, .array, .object: note(path, .wrongType, "must be a number")
        }
    }

    private mutating func within<Value>(_ value: Value, _ range: ClosedRange<Value>, at path: String) {
        if !range.contains(value) {
            note(path, .outOfRange, "\(value) must be \(range.lowerBound)…\(range.upperBound)")
        }
    }

    /// A number that is none cannot be written again.
    private mutating func writable(_ value: JSONValue, at path: String) {
        switch value {
        case .number(let number): if !number.isFinite { note(path, .notFinite, "must be finite") }
        case .array(let elements):
            for (index, element) in elements.enumerated() { writable(element, at: "\(path)[\(index)]") }
        case .object(let members):
            for (name, member) in inOrder(members) { writable(member, at: "\(path).\(name)") }
        case .null, .bool, .integer, .string: break
        }
    }

    // MARK: many values

    private mutating func list(_ value: JSONValue, _ element: FieldType, _ most: Int, at path: String) {
        guard case .array(let elements) = value else { return note(path, .wrongType, "must be a list") }
        if elements.count > most { note(path, .tooMany, "has \(elements.count), must have at most \(most)") }
        for (index, member) in elements.enumerated() { walk(member, element, at: "\(path)[\(index)]") }
    }

    private mutating func map(_ value: JSONValue, _ element: FieldType, _ most: Int, at path: String) {
        guard case .object(let members) = value else { return note(path, .wrongType, "must be an object") }
        if members.count > most { note(path, .tooMany, "has \(members.count), must have at most \(most)") }
        for (name, member) in inOrder(members) { walk(member, element, at: "\(path).\(name)") }
    }

    private mutating func object(_ value: JSONValue, _ shape: Shape, at path: String) {
        guard case .object(let members) = value else { return note(path, .wrongType, "must be an object") }
        for field in shape.fields {
            let place = "\(path).\(field.name)"
            let member = members[field.name] ?? .null
            if member != .null {
                self.field(member, field, at: place)
            } else if field.isRequired {
                note(place, .missing, "is missing")
            }
        }
        for (name, member) in inOrder(members) where shape[name] == nil {
            stranger("\(path).\(name)")
            writable(member, at: "\(path).\(name)")
        }
    }

    private mutating func field(_ value: JSONValue, _ field: Field, at path: String) {
        if field.shorthand != nil, case .string = value { return text(value, atMost: 1024, at: path) }
        let before = faults.count
        walk(value, field.type, at: path)
        if !field.choices.isEmpty, faults.count == before, !field.choices.contains(value) {
            let choices = field.choices.map(\.brief).joined(separator: ", ")
            note(path, .outOfRange, "\(value.brief) must be one of \(choices)")
        }
    }

    private mutating func stranger(_ path: String) {
        let pattern = path.split(separator: "[").map { $0.drop { $0.isNumber } }.joined(separator: "[")
        guard seen.insert(pattern).inserted else { return }
        let note = "is no field of \(ShotDSL.version): kept, not drawn"
        strangers.append(ShotFault(path, .unknownField, note, severity: .info))
    }

    private func inOrder(_ members: [String: JSONValue]) -> [(key: String, value: JSONValue)] {
        members.sorted { $0.key < $1.key }
    }
}

extension JSONValue {
    /// As a complaint quotes it.
    fileprivate var brief: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): "\"\(value.prefix(40))\""
        case .array: "a list"
        case .object: "an object"
        }
    }
}
