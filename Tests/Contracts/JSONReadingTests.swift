// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Foundation
import Testing
import Wire

@Suite("What JSON is read as")
struct JSONReadingTests {
    private enum Kind: String, Codable {
        case one, two
    }

    private struct Leaf: Codable, Equatable {
        var small: Int8
        var ratio: Float
        var kind: Kind?
    }

    /// One member of each sort there is.
    private struct Sample: Codable, Equatable {
        var name: String
        var isOn: Bool
        var count: Int
        var seed: UInt64
        var share: Double
        var leaf: Leaf
        var maybe: Leaf?
        var list: [Leaf?]
        var words: [String]
        var table: [String: Int]
        var free: JSONValue
        var many: [String: JSONValue]?
    }

    private static let sample = Sample(
        name: "é\"漢\u{1}🙂/", isOn: true, count: -7, seed: .max, share: 0.1,
        leaf: Leaf(small: -128, ratio: 0.25, kind: .two), maybe: nil, list: [Leaf(small: 1, ratio: 2, kind: nil), nil],
        words: ["", "a\\b"], table: ["x": 1, "": 2], free: .array([.null, .number(1.5), .object(["k": .bool(false)])]),
        many: Dictionary(uniqueKeysWithValues: (0..<40).map { ("key\($0)", .integer($0)) }))

    @Test("every sort of member comes back as it was")
    func roundTrip() throws {
        let bytes = try JSON.encode(Self.sample)
        #expect(try JSON.decode(Sample.self, from: bytes) == Self.sample)
        #expect(try JSONDecoder().decode(Sample.self, from: Data(bytes)) == Self.sample)
    }

    @Test("what Foundation refuses is refused, and what it reads is read the same, over mutations", arguments: 0..<20)
    func sameAsFoundation(seed: UInt64) throws {
        var dice = Chance(seed)
        let whole = try JSON.value(of: JSON.encode(Self.sample))
        guard case .object(let members) = whole else { return }
        for _ in 0..<200 {
            var injured = members
            let key = members.keys.sorted()[dice.below(members.count)]
            injured[key] = dice.below(4) == 0 ? nil : dice.tree(depth: 2)
            let bytes = JSON.text(of: .object(injured))
            let theirs = try? JSONDecoder().decode(Sample.self, from: Data(bytes))  // whether it can be read
            let ours = try? JSON.decode(Sample.self, from: bytes)  // likewise
            #expect(ours == theirs, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test("a whole number may be written with a point or an exponent, and must fit its type")
    func numbers() throws {
        #expect(try JSON.decode([Int].self, from: "[3.0, 2e2, -0]") == [3, 200, 0])
        #expect(try JSON.decode([UInt64].self, from: "[18446744073709551615]") == [.max])
        for text in ["[1.5]", "[128]", "[1e30]", "[\"1\"]", "[true]", "[null]"] {
            #expect(throws: DecodingError.self) { try JSON.decode([Int8].self, from: text) }
        }
    }

    @Test("a failure says where it is and what stands there")
    func places() {
        do {
            _ = try JSON.decode(Sample.self, from: #"{"name":"n","isOn":true,"count":1,"seed":1,"share":[]}"#)
            Issue.record("it was read")
        } catch DecodingError.typeMismatch(_, let context) {
            #expect(context.codingPath.map(\.stringValue) == ["share"])
            #expect(context.debugDescription == "here is a list, and it must be a number")
        } catch { Issue.record("\(error)") }
        do {
            _ = try JSON.decode([Leaf].self, from: #"[{"small":1,"ratio":1},{"ratio":1}]"#)
            Issue.record("it was read")
        } catch DecodingError.keyNotFound(let key, let context) {
            #expect(key.stringValue == "small")
            #expect(context.codingPath.map(\.stringValue) == ["1"])
        } catch { Issue.record("\(error)") }
    }

    @Test("a key that stands twice counts once, the last time, however it is written")
    func twice() throws {
        #expect(try JSON.decode(Leaf.self, from: #"{"small":1,"ratio":1,"sma\u006cl":2}"#).small == 2)
        #expect(try JSON.decode([String: Int].self, from: #"{"a":1,"a":2}"#) == ["a": 2])
    }
}
