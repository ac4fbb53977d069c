// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
import Contracts

/// Holds a JSON value against its field type exactly as the published schema does, so that what the document promises is
/// taken: lengths count characters, and a whole number may be written `1.0`.
struct ValueCheck {
    private(set) var faults: [(pointer: String, detail: String)] = []
    private var path: [String] = []
    private static let most = 50

    static func faults(in value: JSONValue, as type: FieldType) -> [(pointer: String, detail: String)] {
        var check = ValueCheck()
        check.check(value, type)
        return check.faults
    }

    private mutating func check(_ value: JSONValue, _ type: FieldType) {
        switch (type, value) {
        case (.any, _), (.anyObject, .object), (.bool, .bool): return
        case (.integer(let range), .integer(let number)): within(number, range)
        case (.integer(let range), .number(let number)):
            if let whole = Int64(exactly: number) { within(whole, range) } else { blame("expected a whole number") }
        case (.number(let range), .integer(let number)): within(Double(number), range)
        case (.number(let range), .number(let number)): within(number, range)
        case (.text, .string(let text)), (.opaque, .string(let text)), (.id, .string(let text)),
            (.word, .string(let text)), (.time, .string(let text)):
            check(text, type)
        case (.list(let element, let most), .array(let elements)): check(elements, element, atMost: most)
        case (.map(let element, let most), .object(let members)): check(members, element, atMost: most)
        case (.object(let shape), .object(let members)): check(members, shape)
        default: blame("expected \(type.noun), found \(value.noun)")
        }
    }

    private mutating func check(_ text: String, _ type: FieldType) {
        var text = text
        // Over its bytes where they lie: a story may be long.
        if text.withUTF8({ $0.contains(0) }) { return blame("the character NUL is not taken") }
        switch type {
        case .text(let most): if text.hasMoreCharacters(than: most) { blame("more than \(most) characters") }
        case .opaque: if text.isEmpty || text.hasMoreCharacters(than: 128) { blame("expected 1 to 128 characters") }
        case .id(let prefix):
            if !text.isName(after: prefix) { blame("expected \(prefix) and 1 to 64 letters, digits, _ or -") }
        case .word(let words):
            if !words.contains(text) { blame("expected one of: \(words.prefix(12).joined(separator: ", "))") }
        default: if Timestamp(text: text) == nil { blame("expected a time such as 2026-02-26T12:00:00Z") }
        }
    }

    private mutating func check(_ elements: [JSONValue], _ type: FieldType, atMost most: Int) {
        if elements.count > most { blame("\(elements.count) elements, at most \(most) are taken") }
        for (place, element) in elements.prefix(most).enumerated() { step("\(place)") { $0.check(element, type) } }
    }

    private mutating func check(_ members: [String: JSONValue], _ type: FieldType, atMost most: Int) {
        if members.count > most { blame("\(members.count) members, at most \(most) are taken") }
        for (key, value) in members.sorted(by: { $0.key < $1.key }) { step(key) { $0.check(value, type) } }
    }

    private mutating func check(_ members: [String: JSONValue], _ shape: Shape) {
        for field in shape.fields {
            switch members[field.name] {
            case nil: if field.isRequired { step(field.name) { $0.blame("it must be there") } }
            case .null? where !field.isRequired: continue
            case .string? where field.shorthand != nil: continue
            case let value?:
                step(field.name) { $0.check(value, field.type) }
                if !field.choices.isEmpty, !field.choices.contains(value) {
                    step(field.name) { $0.blame("it is none of the values that are taken") }
                }
            }
        }
    }

    private mutating func within<Number: Comparable>(_ number: Number, _ range: ClosedRange<Number>) {
        if number < range.lowerBound { blame("at least \(range.lowerBound) is expected") }
        if number > range.upperBound { blame("at most \(range.upperBound) is taken") }
    }

    private mutating func step(_ name: String, _ go: (inout ValueCheck) -> Void) {
        path.append(name)
        go(&self)
        path.removeLast()
    }

    private mutating func blame(_ detail: String) {
        guard faults.count < Self.most else { return }
        faults.append((path.map { "/" + JSONPointer.escaped($0) }.joined(), detail))
    }
}

enum JSONPointer {
    static func escaped(_ name: String) -> String {
        String(name.flatMap { $0 == "~" ? Array("~0") : $0 == "/" ? Array("~1") : [$0] })
    }
}

extension String {
    /// No character has less than one byte, so most texts need not be counted.
    fileprivate func hasMoreCharacters(than most: Int) -> Bool { utf8.count > most && unicodeScalars.count > most }

    fileprivate func isName(after prefix: String) -> Bool {
        guard hasPrefix(prefix) else { return false }
        let rest = utf8.dropFirst(prefix.utf8.count)
        return (1...64).contains(rest.count)
            && rest.allSatisfy {
                switch $0 {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

extension FieldType {
    fileprivate var noun: String {
        switch self {
        case .text, .id, .opaque, .word, .time: "a text"
        case .bool: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .list: "a list"
        case .map, .object, .anyObject: "an object"
        case .any: "anything"
        }
    }
}

extension JSONValue {
    fileprivate var noun: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .integer, .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
