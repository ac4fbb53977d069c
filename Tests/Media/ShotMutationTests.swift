// MediaTests · tests · sees Contracts, Picture, Wire
import Contracts
import Picture
import Testing
import Wire

/// Spoils a shot in one place, the same way for the same number.
private struct Vandal {
    private var state: UInt64

    init(_ number: Int) { state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ 11 }

    mutating func below(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(max(1, limit)))
    }

    private mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[below(choices.count)] }

    /// Goes down to some member and drops it, changes its type, or writes something odd.
    mutating func spoil(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(var members) where !members.isEmpty && below(8) > 0:
            let name = members.keys.sorted()[below(members.count)]
            members[name] = below(7) == 0 ? nil : members[name].map { spoil($0) }
            if below(20) == 0 { members["hologram"] = odd() }
            return .object(members)
        case .array(var elements) where !elements.isEmpty && below(8) > 0:
            let index = below(elements.count)
            elements[index] = spoil(elements[index])
            if below(10) == 0 { elements += Array(repeating: elements[index], count: below(12)) }
            return .array(elements)
        case .string where below(3) > 0:
            return .string(pick(["", "zorbel", "goblets", "闹市", "💥", "CHAR_0009", "left"]))
        case .number where below(3) > 0: return .number(pick([0, 0.001, 0.5, 0.999, 1]))
        case .integer where below(3) > 0: return .integer(Int64(below(4000)))
        case .object, .array, .null, .bool, .integer, .number, .string: return odd()
        }
    }

    private mutating func odd() -> JSONValue {
        let words = [
            "", "zorbel", "鱼市场", "CHAR_0001", "CHAR_", "ainer.shot/3", "closed", "💥", "of_of_of",
            String(repeating: "x", count: 3000),
        ]
        return switch below(7) {
        case 0: .null
        case 1: .bool(true)
        case 2: .integer(pick([0, 1, -1, 24, 299, 60_001, 1 << 53, .max, .min]))
        case 3: .number(pick([0.5, -0.01, 1.01, 1e300, -1e300, .nan, .infinity, 0.1 + 0.2]))
        case 4: .array([])
        case 5: .object([:])
        default: .string(pick(words))
        }
    }
}

@Suite("Spoilt shots")
struct ShotMutationTests {
    @Test("each of two thousand is drawn, or says where its faults are", arguments: 0..<8)
    func drawnOrNamed(batch: Int) throws {
        let examples = try (ShotExampleTests.names + ["everything"]).map {
            try JSON.decode(JSONValue.self, from: try ShotExampleTests.text($0))
        }
        var drawn = 0
        for number in batch * 250..<(batch + 1) * 250 {
            var vandal = Vandal(number)
            var shot = examples[number % examples.count]
            for _ in 0...vandal.below(3) { shot = vandal.spoil(shot) }
            let errors = ShotDSL.faults(in: shot).filter { $0.severity == .error }
            #expect(errors.allSatisfy { $0.path.hasPrefix("$") && !$0.message.isEmpty })
            guard errors.isEmpty else { continue }
            let typed = try JSON.decode(ShotDSL.self, from: JSON.text(of: shot))
            let tableau = try Tableau(typed, profiles: PictureCast.profiles)
            #expect(!recorded(tableau, at: tableau.seconds / 2).shapes.isEmpty, "shot \(number)")
            #expect(try JSON.decode(ShotDSL.self, from: try JSON.encode(typed)) == typed, "shot \(number)")
            drawn += 1
        }
        #expect((25..<225).contains(drawn), "\(drawn) of 250 have no faults: the vandal is too kind, or too strict")
    }
}
