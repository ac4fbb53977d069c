// MediaTests · tests · sees Contracts, Picture, Raster
import Contracts
import Picture
import Raster
import Testing

/// A run of numbers for invented shots; the same each time.
private struct Chance {
    var state: UInt64

    mutating func next(_ below: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(max(1, below)))
    }

    mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[next(choices.count)] }

    mutating func number() -> Double {
        pick([0, 0.2, 0.5, 0.8, 1, -3, 7, 1e18, -1e18, .nan, .infinity, -.infinity, 0.0001])
    }
}

@Suite("Invented shots")
struct RasterFuzzTests {
    private static let odd = [
        "", " ", "zorbel", "鱼市场", "ice cream parlour", "______", "of_of", "💥", "a\u{0}b",
        "very-long-" + String(repeating: "x", count: 300),
    ]

    private func word(_ chance: inout Chance, _ known: [String]) -> String {
        chance.next(4) == 0 ? chance.pick(Self.odd) : chance.pick(known)
    }

    private func shot(_ chance: inout Chance) -> ShotDSL {
        var shot = ShotDSL(
            shotID: ShotID(ordinal: 1), seed: UInt64(chance.next(1 << 30)),
            timing: .init(durationMS: chance.pick([20, 300, 1999, 60_000]), fps: chance.pick([12, 24, 25, 30])),
            setting: .init(
                kind: word(&chance, PlaceKind.allCases.map(\.rawValue)), label: chance.pick(Self.odd),
                variant: word(
                    &chance, ["", "chinese", "kitchen", "tavern", "hall", "lamp_room", "cliff", "lake", "dark"]),
                features: [word(&chance, ["lighthouse", "fireplace", "market", "sea"])],
                culture: chance.pick(["", "cn_ancient"]), placeSeed: UInt64(chance.next(99))),
            camera: .init(
                framing: word(&chance, ShotSize.allCases.map(\.rawValue)),
                movement: word(&chance, CameraMove.allCases.map(\.rawValue)), strength: chance.number(),
                focus: chance.pick([[], ["CHAR_0002"], ["nobody"]])))
        shot.light = .init(
            time: word(&chance, Hour.allCases.map(\.rawValue)), weather: word(&chance, Sky.allCases.map(\.rawValue)),
            amount: chance.number(), wind: chance.number(), mood: word(&chance, Mood.allCases.map(\.rawValue)))
        shot.cast = (0..<chance.next(9)).map { actor($0 + 1, &chance) }
        shot.props = (0..<chance.next(4)).map { prop($0, &chance) }
        shot.lines = (0..<chance.next(3)).map { line($0 + 1, &chance) }
        shot.text.title = chance.pick(["", "", "A title", "标题", "💥"])
        return shot
    }

    private func actor(_ ordinal: Int, _ chance: inout Chance) -> ShotDSL.Actor {
        let poses = PoseName.allCases.map(\.rawValue)
        let faces = Expression.allCases.map(\.rawValue)
        var made = ShotDSL.Actor(entityID: CharacterID(ordinal: ordinal))
        made.x = chance.next(2) == 0 ? nil : chance.number()
        made.depth = chance.number()
        made.facing = word(&chance, ["", "left", "right", "front", "away"])
        made.pose = word(&chance, poses)
        made.expression = word(&chance, faces)
        made.gaze = word(&chance, ["", "CHAR_0001", "up", "down", "camera", "closed", "p0"])
        made.holding.near = word(&chance, [""] + PropKind.allCases.map(\.rawValue))
        made.beats = (0..<chance.next(4)).map { _ in
            ShotDSL.Beat(
                atMS: chance.pick([0, 500, 100_000, -5, .max, .min]), pose: word(&chance, poses),
                expression: word(&chance, faces), gaze: chance.pick([nil, "up"]),
                toX: chance.next(2) == 0 ? nil : chance.number())
        }
        return made
    }

    private func prop(_ index: Int, _ chance: inout Chance) -> ShotDSL.Prop {
        ShotDSL.Prop(
            id: chance.pick(["", "p\(index)"]), kind: word(&chance, PropKind.allCases.map(\.rawValue)),
            label: chance.pick(Self.odd), x: chance.number(), depth: chance.number(),
            on: chance.pick(["", "p0", "nothing"]),
            scale: chance.number(), state: chance.pick(["", "lit", "open"]),
            colour: chance.pick(["", "#ff0000", "red"]))
    }

    private func line(_ ordinal: Int, _ chance: inout Chance) -> ShotDSL.SpokenLine {
        ShotDSL.SpokenLine(
            lineID: LineID(ordinal: ordinal), speaker: CharacterID(ordinal: chance.next(5)), text: "Who? 谁？",
            startMS: chance.pick([0, 100, -9, .max]), endMS: chance.pick([900, 0, .min, .max]),
            visemes: (0..<chance.next(5)).map { _ in
                Mouth(
                    startMS: chance.pick([0, 80, -80, .max]), endMS: chance.pick([80, 200, .min, .max]),
                    shape: chance.pick(Viseme.allCases))
            })
    }

    @Test("whatever a shot says, it is drawn, and not in one colour", arguments: 0..<8)
    func nothingBreaks(batch: Int) throws {
        var chance = Chance(state: UInt64(batch) &* 7919 &+ 5)
        for number in 0..<40 {
            let shot = shot(&chance)
            let profiles = chance.next(2) == 0 ? PictureCast.profiles : []
            let renderer = try ShotRenderer(shot, profiles: profiles, width: 160, height: 90)
            var frame = [UInt8](repeating: 0, count: 160 * 90 * 3 / 2)
            for index in [0, renderer.frames / 2, renderer.frames - 1] {
                try frame.withUnsafeMutableBytes { try renderer.draw(frame: index, into: $0) }
                let luma = frame.prefix(160 * 90)
                let spread = Int(luma.max() ?? 0) - Int(luma.min() ?? 0)
                #expect(spread > 6, "batch \(batch) shot \(number) frame \(index): \(shot.setting.kind)")
            }
        }
    }
}
