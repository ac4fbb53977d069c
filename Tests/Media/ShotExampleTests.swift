// MediaTests · tests · sees Contracts, Picture, Wire
import Contracts
import Foundation
import Picture
import Testing
import Wire

@Suite("The examples of the shot's page")
struct ShotExampleTests {
    static let names = ["establish", "dialogue", "emotion", "unknown_words"]

    static func text(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = "docs/contracts/examples/shots/shot.\(name).v1.json"
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func tableau(_ name: String) throws -> Tableau {
        let shot: ShotDSL = try JSON.decode(from: try text(name))
        let stranger = PictureCast.profile(5, .adult, height: 1, wears: "robe", ["topknot"])
        return try Tableau(shot, profiles: PictureCast.profiles + [stranger])
    }

    @Test("the first three are drawn as they are written", arguments: names.dropLast())
    func asWritten(name: String) throws { #expect(try Self.tableau(name).degradations.isEmpty) }

    @Test("the fourth is drawn otherwise in exactly two places")
    func degradesTwice() throws {
        let notes = try Self.tableau("unknown_words").degradations
        #expect(
            notes == [
                Degradation(path: "$.setting.kind", word: "鱼市场", used: "market", rule: .headNoun, severity: .info),
                Degradation(path: "$.props[0].kind", word: "samovar", used: "crate", rule: .generic, severity: .warn),
            ])
    }
}
