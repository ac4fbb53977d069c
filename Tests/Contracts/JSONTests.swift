// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Foundation
import Testing
import Wire

@Suite("The JSON coder")
struct JSONTests {
    @Test("writes what Foundation writes, for every control character and odd number")
    func sameAsFoundation() throws {
        let texts =
            (0..<0x100).compactMap { Unicode.Scalar($0).map { "a\(Character($0))b" } } + ["", "é漢🙂", "\u{2028}"]
        let numbers = [
            0, 1, -1, 0.5, 0.1, 1e21, 1e-7, 123456.789, .pi, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
        ]
        let tree = JSONValue.object([
            "texts": .array(texts.map(JSONValue.string)), "numbers": .array(numbers.map(JSONValue.number)),
            "integers": .array([.integer(.min), .integer(.max), .integer(0)]),
            "words": .array([.null, .bool(true), .bool(false)]), "empty": .array([.array([]), .object([:])]),
            "keys": .object(["b": .null, "a10": .null, "a2": .null, "B": .null, "": .null, "é": .null]),
        ])
        #expect(String(decoding: JSON.text(of: tree), as: UTF8.self) == (try JSON.text(tree)))
    }

    @Test("reads what it wrote, and what Foundation reads it reads the same", arguments: 0..<200)
    func roundTrip(seed: UInt64) throws {
        var dice = Chance(seed)
        let tree = dice.tree(depth: 5)
        let bytes = JSON.text(of: tree)
        #expect(try JSON.value(of: bytes) == tree)
        #expect(JSON.text(of: try JSON.value(of: bytes)) == bytes)
        #expect(JSON.text(of: try JSONDecoder().decode(JSONValue.self, from: Data(bytes))) == bytes)
    }

    @Test("agrees with Foundation about what is JSON at all, over mutations", arguments: 0..<20)
    func agreement(seed: UInt64) throws {
        var dice = Chance(seed)
        for _ in 0..<500 {
            let bytes = dice.mutated(JSON.text(of: .object(["k": dice.tree(depth: 3)])))
            // Here only the question whether it can be read.
            let theirs = (try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))) != nil  // as said above
            let ours = (try? JSON.value(of: bytes)) != nil  // as said above
            // Foundation also takes other encodings, and numbers and halves of pairs that no text may hold.
            if ours { #expect(theirs, "\(String(decoding: bytes, as: UTF8.self))") }
        }
    }

    @Test("says where the text is wrong")
    func places() {
        #expect(throws: JSONReader.Fault.self) { try JSON.value(of: Array(#"{"a":tru}"#.utf8)) }
        do {
            _ = try JSON.value(of: Array(#"{"a":1 "b":2}"#.utf8))
        } catch {
            #expect("\(error)".contains("offset: 7"))
        }
    }
}

@Suite("A shape")
struct ShapeTests {
    private let shape = Shape(
        "Test",
        [
            .must("name", .text(atMost: 5)), .must("kind", .word(["one", "two"])).formerly("type"),
            .may("list", .list(of: .object(Shape("Inner", [.must("id", .id("x_"))])), atMost: 2)),
            .may("when", .time), .may("map", .map(of: .integer(0...9), atMost: 3)),
        ])

    private func faults(_ text: String) throws -> [String] {
        try ShapeCheck.faults(in: Array(text.utf8), against: shape).map(\.path)
    }

    @Test("finds every fault with its path, not only the first")
    func all() throws {
        #expect(
            try faults(
                #"{"name":"too long","list":[{"id":"x_1"},{"id":"y_1"},{}],"when":"noon","map":{"a":10},"more":1}"#)
                == ["$.name", "$.list[1].id", "$.list[2].id", "$.list", "$.when", "$.map.a", "$.kind"])
        #expect(try faults("[]") == ["$"])
    }

    @Test("takes null as absent, an old name for the new one, and leaves unknown fields alone")
    func lenient() throws {
        #expect(try faults(#"{"name":"n","type":"whatever","list":null,"when":null,"x":{"y":[1]}}"#) == [])
        #expect(try faults(#"{"name":null,"kind":"one"}"#) == ["$.name"])
        #expect(try faults(#"{"name":"n","kind":"one","kind":"two"}"#) == ["$.kind"])
    }

    @Test("of every payload and contract fits its own example and has no more fields than can be marked")
    func examples() throws {
        let typed = Registry.standard.entries.compactMap { entry -> Shape? in
            if case .typed(let shape) = entry.schema { shape } else { nil }
        }
        for shape in typed {
            #expect(shape.fields.count <= 64, "\(shape.name)")
            #expect(Set(shape.fields.map(\.name)).count == shape.fields.count, "\(shape.name)")
            for onlyRequired in [false, true] {
                let example = JSON.text(of: shape.example(onlyRequired: onlyRequired))
                #expect(try ShapeCheck.faults(in: example, against: shape) == [], "\(shape.name)")
            }
        }
    }
}
