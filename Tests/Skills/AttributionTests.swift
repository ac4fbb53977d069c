// SkillsTests · tests · sees Contracts, Ingest, Entities, Planning, Wire
import Contracts
import Entities
import Ingest
import Testing

@Suite("Who speaks")
struct AttributionTests {
    /// Text, the words spoken, and by whom; `–` is the narrator.
    static let cases: [(text: String, spoken: [String])] = [
        ("\"No,\" said Mira.", ["Mira: No."]),
        ("“No,” said Mira, “not yet.”", ["Mira: No, not yet."]),
        ("“No,” said Mira. “Not yet.”", ["Mira: No. Not yet."]),
        ("Mira said, \"Not yet.\"", ["Mira: Not yet."]),
        ("Mira said, 'It isn't far.'", ["Mira: It isn't far."]),
        ("‘It isn’t far,’ said Mira.", ["Mira: It isn’t far."]),
        ("Tobias turned to Mira and said: \"Go.\"", ["Tobias: Go."]),
        ("\"Go,\" the old keeper whispered.", ["Keeper: Go."]),
        ("\"Go!\" cried the little girl at last.", ["Girl: Go!"]),
        ("Mira laughed. \"Go.\"", ["Mira: Go."]),
        ("Mira sat down. Tobias looked at her. \"Go,\" he said.", ["Tobias: Go."]),
        ("Mira sat down. Tobias looked at her. \"Go,\" she said.", ["Mira: Go."]),
        (
            "\"Where is it?\" asked Mira.\n\n\"There,\" said Tobias.\n\n\"Where?\"\n\n\"There!\"",
            [
                "Mira: Where is it?", "Tobias: There.", "Mira: Where?", "Tobias: There!",
            ]
        ),
        ("Mira met Tobias.\n\n\"Tobias, wait!\"\n\n\"Why?\" said Tobias.", ["Mira: Tobias, wait!", "Tobias: Why?"]),
        ("\"Come home,\" said her mother. Mira shook her head.", ["Mother: Come home."]),
        ("Anna, the baker, smiled. \"Bread?\" asked the baker.", ["Anna: Bread?"]),
        ("The fox looked up. \"Sing,\" said the fox to the crow.", ["Fox: Sing."]),
        ("\"Sleep,\" said the moon.", ["Moon: Sleep."]),
        (
            "\"Ready?\" asked Mira. Tobias laughed. \"Always.\"", ["Mira: Ready?", "Tobias: Always."]
        ),
        (
            "Mira met Tobias. Tobias sat. \"It is cold.\n\n\"And it is late.\"",
            ["Tobias: It is cold.", "Tobias: And it is late."]
        ),
        (
            "Mira met Tobias. Tobias sat.\n\n\"You saw it, Tobias?\" asked Mira.\n\n\"I did.\"",
            ["Mira: You saw it, Tobias?", "Tobias: I did."]
        ),
        ("阿栗看着老獾。老獾笑了。阿栗问老獾：“冷吗？”", ["阿栗: 冷吗？"]),
        ("\"I am sorry,\" I said. I looked at the floor.", ["I: I am sorry."]),
        ("\"Hello.\"", ["–: Hello."]),
        ("A sign said \"No dogs\".", ["–: No dogs"]),
        ("They called it the \"lamp\" house. Mira laughed.", []),
        ("He was 6'2\" tall. Tom laughed.", []),
        (
            "Mira held up the key. \"Is this,\" she asked, turning it over, \"yours?\"",
            ["Mira: Is this.", "Mira: yours?"]
        ),
        ("“灯灭了。”小灯说。小灯哭了。", ["小灯: 灯灭了。"]),
        ("爷爷笑着说：“来吧。”", ["爷爷: 来吧。"]),
        ("「灯滅了。」小灯轻声说。小灯走了。", ["小灯: 灯滅了。"]),
    ]

    @Test("is found for every way of writing speech", arguments: cases.indices)
    func attributes(_ index: Int) throws {
        let (text, spoken) = Self.cases[index]
        let desk = try Desk(text)
        let heard = desk.plan.lines.filter { line in
            line.kind == .speech
                || desk.story.paragraphs.flatMap(\.segments).contains {
                    $0.kind == .speech && line.text.hasPrefix($0.text.prefix(4))
                }
        }
        #expect(heard.map { "\(desk.name($0.speaker)): \($0.text)" } == spoken)
    }

    @Test(
        "drops what only names the speaker, and keeps what somebody does",
        arguments: [
            ("\"No,\" said Mira.", ["No."]),
            ("\"No,\" said Mira softly.", ["No."]),
            ("\"No,\" Mira said to Tobias. Tobias sighed.", ["No.", "Tobias sighed."]),
            ("\"No,\" said Mira in a low voice.", ["No."]),
            ("\"No,\" said Mira, and she took the lamp.", ["No.", "said Mira, and she took the lamp."]),
            ("Mira turned and said, \"No.\"", ["Mira turned and said,", "No."]),
            ("Mira said, \"No.\" Then she left.", ["No.", "Then she left."]),
            ("\"I lost it.\" Mira cried.", ["I lost it.", "Mira cried."]),
            ("\"I lost it!\" Mira cried.", ["I lost it!"]),
            ("\"Who is there?\" said a voice. Mira ran.", ["Who is there?", "said a voice.", "Mira ran."]),
        ])
    func drops(_ text: String, _ lines: [String]) throws {
        #expect(try Desk(text).plan.lines.map(\.text) == lines)
    }
}
