// SkillsTests · tests · sees Contracts, Entities, Ingest, Planning, Wire
import Contracts
import Entities
import Foundation
import Ingest
import Testing
import Wire

@Suite("Any text somebody pastes")
struct AnyTextTests {
    @Test("becomes a whole plan, two thousand times", arguments: 0..<20)
    func survives(batch: Int) throws {
        for number in 0..<100 {
            let text = Scrap.text(seed: UInt64(batch * 100 + number))
            do {
                let faults = try Invariants(desk: Desk(text)).all()
                #expect(
                    faults.isEmpty,
                    "seed \(batch * 100 + number): \(faults.prefix(4)) in \(text.debugDescription.prefix(700))")
            } catch let refusal as FailureReport {
                #expect(refusal.errorCode == .requestValidation && !refusal.nextStep.isEmpty, "\(refusal)")
            }
        }
    }

    @Test("becomes shots without a fault")
    func faultless() throws {
        for seed in 0..<60 {
            guard let desk = try? Desk(Scrap.text(seed: UInt64(seed) + 7000)) else { continue }  // refused elsewhere
            for shot in try desk.compiled(on: try desk.timeline()) {
                let faults = ShotDSL.faults(in: try JSON.value(shot)).map { "\($0.path) \($0.message)" }
                #expect(faults.isEmpty, "seed \(seed) \(shot.shotID)")
            }
        }
    }

    @Test("becomes the same plan twice")
    func repeats() throws {
        for seed in 0..<40 {
            let text = Scrap.text(seed: UInt64(seed) + 9000)
            guard let one = try? Desk(text) else { continue }  // A text without letters is refused elsewhere.
            let two = try Desk(text)
            #expect(try JSON.encode(one.plan) == JSON.encode(two.plan))
            #expect(one.profiles == two.profiles)
            #expect(try one.timeline() == two.timeline())
        }
    }

    /// Each of these once took a time that grew with the square of the text.
    @Test(
        "takes a time that grows with it, whatever it is made of",
        arguments: [
            "\"Yes,\" she said. ", "\"Yes,\" said Mira. \"No,\" said Tom. ", "“好。”他说。",
            "Mira sat, and Tom went to the hall. ",
            "word ", "她说，", "\"Who?\"\n\n", "# H\n\nMira sat.\n\n",
        ])
    func grows(_ piece: String) throws {
        func seconds(_ characters: Int) throws -> Double {
            let text = "A. " + String(repeating: piece, count: characters / piece.count)
            let began = processorTime()
            _ = try ExtractEntities.run(.init(story: try IngestStory.run(.init(text: text))))
            return processorTime() - began
        }
        _ = try seconds(2_000)
        let (short, long) = (try seconds(15_000), try seconds(90_000))
        #expect(long < short * 18 + 0.05, "\(short) s and \(long) s: six times the text")
    }

    /// Of this thread alone: whatever else runs beside it takes none of it.
    private func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    @Test("longer than a film is read for a plan, and refused for a film")
    func longerThanAFilm() throws {
        let book = String(repeating: "Mira went home. ", count: 13_000)
        #expect(try IngestStory.run(.init(text: book)).paragraphs.count == 1)
        let refusal = #expect(throws: FailureReport.self) { try IngestStory.checkFilm(book) }
        #expect(refusal?.message.contains("one film takes at most 200000") ?? false)
    }

    @Test("another seed changes looks and pictures, not what is told")
    func seeds() throws {
        let one = try Desk(Scrap.text(seed: 4), seed: 1)
        let two = try Desk(Scrap.text(seed: 4), seed: 2)
        #expect(one.plan.lines == two.plan.lines)
        #expect(one.plan.shots.map(\.lines) == two.plan.shots.map(\.lines))
    }
}

/// Texts glued together from everything that ever broke a reader.
enum Scrap {
    private static let pieces = [
        "Mira ran to the sea. ", "\"No,\" said Mira, \"not yet.\" ", "“Is it far?” the old keeper whispered. ",
        "'Wait!' he cried. ",
        "— Bonjour, dit-il. ", "\n\n", "\n", "\r\n\r\n", "\n\n---\n\n", "# A Heading\n\n", "***\n",
        "Tobias sat by the fire, and his hands shook. ",
        "「灯灭了。」小灯说。", "“爷爷！”她喊道。", "天黑了，雨下得很大。", "😀😀", "👩‍🚀 waved. ", "6'2\" tall, he was. ",
        "\"Unclosed, said the fox. ",
        "“Also unclosed ", "” stray ", "« Quoi ? » ", "Dr. Smith met Mr. J. Brown at 3.5 p.m. ", "He said: \"Go.\" ",
        "and and and ", "...", "…", "?!",
        "It was dark; the wind—oh, the wind!—howled. ", "She gave him the lantern and he took it to the house. ",
        "The girl wore a red coat. ",
        "a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j ",
        "Supercalifragilisticexpialidociousnessesandmoreandmoreandmoreandmore ",
        "[link](http://x.y) ", "<b>bold</b> ", "&amp; ", "**strong** _word_ ", "- item\n", "1. one\n", "> quoted\n",
        "The king, the queen, the fox, the crow and the bear came in. ",
        "\"Yes.\" \"No.\" \"Yes!\" ", "They climbed the hill at dawn. ", "Years later, it snowed. ",
        "I looked at my mother. ", "\u{200B}\u{FEFF}", "\t", "它们", "１２３ ", "ñandú ÉCLAIR ",
        "‘It's ’tis ’em’ ", "O'Neill's dogs' bones ", "\"\"\"\" ", "''''", "“”", "\\* \\_ ", "line\u{2028}sep ",
        "Grandmother hugged Leo and wept. ",
    ]

    static func text(seed: UInt64) -> String {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        return (0..<(1 + next(40))).map { _ in pieces[next(pieces.count)] }.joined()
    }
}
