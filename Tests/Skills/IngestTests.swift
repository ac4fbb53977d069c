// SkillsTests · tests · sees Contracts, Ingest, Entities, Planning, Wire
import Contracts
import Ingest
import Testing

@Suite("Reading a story")
struct IngestTests {
    private func read(_ text: String, named fileName: String = "story.md") throws -> Story {
        try IngestStory.run(IngestStory.Input(text: text, fileName: fileName))
    }

    private func sentences(_ text: String) throws -> [String] {
        try read(text).paragraphs.flatMap(\.segments).map(\.text)
    }

    @Test(
        "finds the title where authors put it",
        arguments: [
            ("# The Lamp\n\nMira ran.", "The Lamp"),
            ("The Lamp\n========\n\nMira ran.", "The Lamp"),
            ("---\ntitle: \"The Lamp\"\nlang: en\n---\n\nMira ran.", "The Lamp"),
            ("The Lamp\n\nMira ran.", "The Lamp"),
            ("**The Lamp**\n\nby Anna Grey\n\nMira ran.", "The Lamp"),
            ("Mira ran.\n\nShe fell.", "Lamp of gold"),
            ("## Part *One* ##\n\nMira ran.", "Part One"),
        ])
    func title(_ text: String, _ title: String) throws {
        let story = try read(text, named: "films/lamp_of-gold.md")
        #expect(story.title == title)
        #expect(story.paragraphs.first?.segments.first?.text == "Mira ran.")
    }

    @Test("opens scenes at rules, headings and wide gaps")
    func scenes() throws {
        let story = try read(
            "# T\n\nOne.\n\nTwo.\n\n---\n\nThree.\n\n## Later\n\nFour.\n\nFive.\n\n\n\nSix.\n\n* * *\n\nSeven.")
        #expect(story.paragraphs.map(\.opensScene) == [true, false, true, true, false, true, true])
    }

    @Test("takes wide gaps everywhere for a habit, not for scenes")
    func gaps() throws {
        #expect(try read("One.\n\n\nTwo.\n\n\nThree.").paragraphs.map(\.opensScene) == [true, false, false])
    }

    @Test(
        "cuts sentences where people would",
        arguments: [
            ("It rained. Mira ran!", ["It rained.", "Mira ran!"]),
            (
                "Dr. Grey met Mr. J. Brown at 3.5 miles. He ran.",
                ["Dr. Grey met Mr. J. Brown at 3.5 miles.", "He ran."]
            ),
            ("She waited… and waited. Then she slept.", ["She waited… and waited.", "Then she slept."]),
            ("It was I. He knew.", ["It was I.", "He knew."]),
            ("天黑了。下雨了！她跑了。", ["天黑了。", "下雨了！", "她跑了。"]),
            ("no capital no stop", ["no capital no stop"]),
        ])
    func cuts(_ text: String, _ expected: [String]) throws { #expect(try sentences(text) == expected) }

    @Test(
        "takes markup off",
        arguments: [
            ("She **ran** to the _sea_.", "She ran to the sea."),
            ("See [the lamp](http://x.y/z) now.", "See the lamp now."),
            ("A ![picture](a.png)lamp &amp; a <b>light</b>.", "A lamp & a light."),
            ("> She ran.", "She ran."),
            ("- She ran.", "She ran."),
            ("snake_case stays.", "snake_case stays."),
            ("A \\*star\\*.", "A *star*."),
        ])
    func strips(_ text: String, _ expected: String) throws { #expect(try sentences(text) == [expected]) }

    @Test("reads every kind of line end and invisible character alike")
    func lineEnds() throws {
        let plain = try read("One two.\n\nThree.")
        #expect(try read("\u{FEFF}One\u{200B} two.\r\n\r\nThree.\r\n").paragraphs == plain.paragraphs)
        #expect(try read("One\u{A0}two.\r\rThree.").paragraphs == plain.paragraphs)
    }

    @Test("joins wrapped lines and parts unwrapped ones")
    func wrapping() throws {
        #expect(try read("Mira ran to the\nsea and fell.").paragraphs.count == 1)
        #expect(try read("\"Go,\" she said.\n\"No,\" he said.").paragraphs.count == 2)
        #expect(try read("天黑了。\n下雨了。").paragraphs.count == 2)
    }

    @Test(
        "knows English from Chinese",
        arguments: [("Mira ran.", "en"), ("小灯跑了。", "zh-Hans"), ("Mira 跑 to the far away sea.", "en")])
    func language(_ text: String, _ language: String) throws { #expect(try read(text).language == language) }

    @Test(
        "refuses what is no story, and says where and what to do",
        arguments: [
            ("", "empty"), (" \n\t", "empty"), ("123 456 !", "no letters"), ("One.\nTw\u{0}o.", "line 2"),
            (String(repeating: "word ", count: 200_001), "1000000"), ("# Only a title", "no story under it"),
        ])
    func refuses(_ text: String, _ cause: String) throws {
        let refusal = #expect(throws: FailureReport.self) { try read(text) }
        #expect(refusal?.errorCode == .requestValidation)
        #expect(refusal?.message.contains(cause) == true, "\(refusal?.message ?? "")")
        #expect(refusal?.nextStep.isEmpty == false)
    }
}
