// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Foundation
import Testing
import Wire

/// Foundation's encoder, told to write as we do, is the measure.
@Suite("What makes JSON of values")
struct JSONMakerTests {
    @Test("writes every kind of number as Foundation does")
    func numbers() throws {
        try compare([Int8.min, .max, 0])
        try compare([UInt64.max, 0, 1])
        try compare([Int64.min, .max])
        try compare([UInt8](0...255))
        try compare([Float(0.1), 1, 16_777_216, -0.5, .leastNonzeroMagnitude, .greatestFiniteMagnitude])
        try compare([0.1, 1, -0.0, 1e21, 1e-7, .pi, .greatestFiniteMagnitude])
        try compare(["a": [Int?.none, 1], "b": []])
        try compare([[[true]], []])
    }

    @Test("writes trees as Foundation does", arguments: 0..<200)
    func trees(seed: UInt64) throws {
        var dice = Chance(seed)
        let tree = dice.tree(depth: 5)
        try compare(tree)
        try compare(["tree": tree, "z": .null, "": .bool(true)])
        try compare([tree, tree])
    }

    @Test("puts keys in order, whoever opened which container when")
    func containers() throws {
        try compare(Woven(text: "x/\"\u{1}é", number: 7, rest: ["b": 1, "a": nil], child: nil))
        try compare(
            Woven(
                text: "", number: .max, rest: [:],
                child: Woven(text: "deep", number: -1, rest: ["é": 2, "e": 3, "E": 4], child: nil)))
        try compare(Heir(name: "a", age: 3))
        try compare([Silent(), Silent()])
        try compare(["one": Word.first, "two": Word.second])
    }

    @Test("orders keys by what they are, not by how they are written")
    func oddKeys() throws {
        let keys = ["\u{1}", "\u{1F}a", " ", "!", "\"", "#", "\\", "[", "]", "/", "\n", "\t", "~", "é", "漢", ""]
        try compare(Dictionary(uniqueKeysWithValues: keys.map { ($0, $0) }))
        let text = String(repeating: "seventeen letters", count: 3)
        for (place, key) in keys.enumerated() { try compare(["a": text.prefix(place) + key + text.suffix(20 - place)]) }
    }

    @Test("leaves nothing of a member that could not be written and was passed over")
    func passedOver() throws {
        let written = try JSON.encode(Forgiving())
        #expect(String(decoding: written, as: UTF8.self) == #"{"good":[1,2],"late":3}"#)
    }

    @Test("refuses what JSON has no word for, and says where it is")
    func refusals() {
        #expect(throws: EncodingError.self) { try JSON.encode([Double.nan]) }
        #expect(throws: EncodingError.self) { try JSON.encode(["a": -Double.infinity]) }
        #expect(throws: EncodingError.self) { try JSON.encode(Silent()) }
        do {
            _ = try JSON.encode(["outer": ["inner": Double.infinity]])
            Issue.record("infinity was written")
        } catch EncodingError.invalidValue(_, let context) {
            #expect(context.codingPath.map(\.stringValue) == ["outer", "inner"])
        } catch {
            Issue.record("\(error)")
        }
    }

    private func compare(_ value: some Encodable, at place: SourceLocation = #_sourceLocation) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let theirs = String(decoding: try encoder.encode(value), as: UTF8.self)
        #expect(String(decoding: try JSON.encode(value), as: UTF8.self) == theirs, sourceLocation: place)
    }
}

private enum Word: String, Encodable {
    case first
    case second = "2nd"
}

/// Tries what cannot be written, and goes on without it.
private struct Forgiving: Encodable {
    enum Key: String, CodingKey {
        case bad, good, late
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Key.self)
        #expect(throws: EncodingError.self) { try members.encode(["deep": [Double.nan]], forKey: .bad) }
        try members.encode(Numbers(), forKey: .good)
        #expect(throws: EncodingError.self) { try members.encode(Double.infinity, forKey: .late) }
        try members.encode(3, forKey: .late)
    }

    private struct Numbers: Encodable {
        func encode(to encoder: any Encoder) throws {
            var numbers = encoder.unkeyedContainer()
            try numbers.encode(1)
            #expect(throws: EncodingError.self) { try numbers.encode([1, Double.nan]) }
            try numbers.encode(2)
        }
    }
}

private struct Silent: Encodable {
    func encode(to encoder: any Encoder) throws {}
}

/// Opens its containers out of order, keeps them open beside one another, and says one key twice.
private final class Woven: Encodable {
    private let text: String
    private let number: Int
    private let rest: [String: Int?]
    private let child: Woven?

    init(text: String, number: Int, rest: [String: Int?], child: Woven?) {
        self.text = text
        self.number = number
        self.rest = rest
        self.child = child
    }

    enum Key: String, CodingKey {
        case zebra, apple, middle, twice, list, child
    }

    func encode(to encoder: any Encoder) throws {
        var outer = encoder.container(keyedBy: Key.self)
        var inner = outer.nestedContainer(keyedBy: Key.self, forKey: .zebra)
        try outer.encode("first", forKey: .twice)
        var list = outer.nestedUnkeyedContainer(forKey: .list)
        try inner.encode(number, forKey: .middle)
        try list.encode(text)
        try outer.encode(rest, forKey: .middle)
        try inner.encode(text, forKey: .apple)
        var deep = list.nestedContainer(keyedBy: Key.self)
        try deep.encodeNil(forKey: .apple)
        var deeper = list.nestedUnkeyedContainer()
        try deeper.encodeNil()
        try deeper.encode(1.5)
        try list.encode(list.count)
        try outer.encodeIfPresent(child, forKey: .child)
        try outer.encode("second", forKey: .twice)
        let above = outer.superEncoder()
        var alone = above.singleValueContainer()
        try alone.encode(number)
    }
}

private class Ancestor: Encodable {
    let name: String

    init(name: String) { self.name = name }
}

private final class Heir: Ancestor {
    private let age: Int

    init(name: String, age: Int) {
        self.age = age
        super.init(name: name)
    }

    enum Key: String, CodingKey {
        case age, base
    }

    override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(age, forKey: .age)
        try super.encode(to: container.superEncoder(forKey: .base))
    }
}
