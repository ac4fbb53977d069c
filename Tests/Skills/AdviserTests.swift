// SkillsTests · tests · sees Advice, ChatDriver, Contracts, Embedded, Entities, HTTPClientDriver, Ingest, Kit, Ports
import Advice
import ChatDriver
import Contracts
import Embedded
import Entities
import HTTPClientDriver
import Ingest
import Kit
import Ports
import Synchronization
import Testing

@Suite("A model's reading of a story")
struct AdviserTests {
    /// Rules find the lighthouse keeper and a Captain; they cannot know that the Captain is the keeper's dog.
    private static let text = """
        The Well

        Odile leaned over the well. The Captain sat beside her and barked at the dark.

        "Somebody is down there," she said.

        "I am," came up from below. "And I would rather not be."

        "Who are you?"

        "Your uncle Bertil."
        """

    private static func story() throws -> Story { try IngestStory.run(.init(text: text)) }

    private static func speeches(_ story: Story) -> [Int] {
        story.paragraphs.flatMap(\.segments).filter { $0.kind == .speech }.map(\.ordinal)
    }

    /// What a careful reader answers.
    private static func reading(_ story: Story, odile: String = "Odile") -> String {
        let spoken = speeches(story)
        let voices = [odile, "uncle Bertil", "uncle Bertil", odile, "uncle Bertil"]
        let said = zip(spoken, voices).map { "{\"segment\":\($0),\"speaker\":\"\($1)\"}" }.joined(separator: ",")
        return """
            {"people":[{"name":"\(odile)","aliases":["she"],"gender":"female","age":"young"},
            {"name":"uncle Bertil","aliases":["Bertil","the drowned man"],"gender":"male","age":"old"}],
            "speeches":[\(said)],"not_people":["The Captain","the well"]}
            """
    }

    private static func outcome(
        _ story: Story, stall: Duration = .seconds(60),
        _ moods: @escaping @Sendable (Int, ModelStandIn.Asked) -> ModelStandIn.Mood,
        _ visit: (ModelStandIn) throws -> Void = { _ in }
    ) async throws -> Adviser.Outcome {
        var outcome: Adviser.Outcome?
        try await ModelStandIn.open(moods) { standIn, url in
            var options = ChatOptions(url: url, model: "reader-1", key: "sk-secret")
            options.firstPause = .milliseconds(1)
            options.longestPause = .milliseconds(20)
            options.stall = stall
            let model = try #require(ChatModel(options, client: try HTTPClient()))
            outcome = try await Adviser(model, clock: SystemClock()).advise(on: story)
            try visit(standIn)
        }
        return try #require(outcome)
    }

    /// Who says the lines of a story, in order.
    private static func voices(_ story: Story) throws -> [String] {
        let pack = try ExtractEntities.run(.init(story: story))
        let reading = Reading(story, people: pack.people, places: pack.places)
        let names = Dictionary(pack.people.map { ($0.characterID, $0.name) }) { first, _ in first }
        return reading.moments.filter(\.isSpeech).map { $0.speaker.flatMap { names[$0] } ?? "nobody" }
    }

    @Test("goes before the rules: who there is, who is nobody, who speaks")
    func believed() async throws {
        var story = try Self.story()
        let answer = Self.reading(story)
        let outcome = try await Self.outcome(story) { _, _ in .says(answer) }
        #expect(outcome.notes.isEmpty)
        story.advice = outcome.advice
        let people = try ExtractEntities.run(.init(story: story)).people
        #expect(people.map(\.name) == ["Odile", "uncle Bertil"])
        #expect(people.map(\.characterID) == [CharacterID(ordinal: 1), CharacterID(ordinal: 2)])
        #expect(people.last?.age == .old && people.last?.gender == .male)
        #expect(try Self.voices(story) == ["Odile", "uncle Bertil", "uncle Bertil", "Odile", "uncle Bertil"])
        #expect(try ExtractEntities.run(.init(story: story)).extractionVersion == "rules-1+advice")
    }

    @Test("is believed only in words that stand in the story, and of segments that somebody says")
    func invented() async throws {
        let story = try Self.story()
        let made = """
            {"people":[{"name":"Zoltan","aliases":[],"gender":"male","age":"old"},
            {"name":"Odile","aliases":["she","Madame Odile"],"gender":"unknown","age":"unknown"}],
            "speeches":[{"segment":1,"speaker":"Odile"},{"segment":999,"speaker":"Odile"},
            {"segment":\(Self.speeches(story)[0]),"speaker":"Zoltan"}],"not_people":["Odile","a ghost"]}
            """
        let outcome = try await Self.outcome(story) { _, _ in .says(made) }
        #expect(
            outcome.advice
                == StoryAdvice(model: "reader-1", figures: [StoryAdvice.Figure(name: "Odile")]))
    }

    @Test("joins nobody by a word that two are called by, by what everybody says, or by a piece of a word")
    func mixedUp() async throws {
        let text = """
            Mrs Pell came in at evening. Mr Pell sat by the fire, and the girl in the red coat hung up her coat.

            "I am late," said Mrs Pell.
            """
        var story = try IngestStory.run(.init(text: text))
        let made = """
            {"people":[{"name":"Mrs Pell","aliases":["Pell","I"],"gender":"female","age":"adult"},
            {"name":"Mr Pell","aliases":["Pell","and","I"],"gender":"male","age":"adult"},
            {"name":"Eve","aliases":[],"gender":"female","age":"adult"},
            {"name":"I","aliases":[],"gender":"unknown","age":"unknown"},
            {"name":"The","aliases":[],"gender":"unknown","age":"unknown"},
            {"name":"the girl","aliases":["the girl in the red coat"],"gender":"female","age":"child"}],
            "speeches":[],"not_people":[]}
            """
        story.advice = try await Self.outcome(story) { _, _ in .says(made) }.advice
        let pack = try ExtractEntities.run(.init(story: story))
        #expect(Set(pack.people.map(\.name)) == ["Mrs Pell", "Mr Pell", "the girl"])
        let girl = pack.people.first { $0.name == "the girl" }?.characterID
        let reading = Reading(story, people: pack.people, places: pack.places)
        let named = reading.moments.flatMap(\.mentions).filter { $0.who == girl && !$0.isPronoun }
        #expect(named.count == 1, "a coat is nobody")
    }

    @Test("turns the talk: who is spoken to is never who speaks")
    func turned() async throws {
        let text = "Anna and Tom sat down.\n\n\"Yes,\" said Anna to Tom.\n\n\"No.\"\n\n\"Why?\"\n"
        var story = try IngestStory.run(.init(text: text))
        let spoken = Self.speeches(story)
        story.advice = StoryAdvice(
            model: "m", figures: [.init(name: "Anna"), .init(name: "Tom")],
            speeches: [.init(segment: spoken[1], speaker: "Anna")])
        let pack = try ExtractEntities.run(.init(story: story))
        let reading = Reading(story, people: pack.people, places: pack.places)
        #expect(reading.moments.filter(\.isSpeech).allSatisfy { $0.speaker != nil && $0.speaker != $0.addressee })
        #expect(try Self.voices(story).prefix(2) == ["Anna", "Anna"])
    }

    @Test("in another shape is asked for once more, with what is wrong with it")
    func repaired() async throws {
        let story = try Self.story()
        let answer = Self.reading(story)
        let outcome = try await Self.outcome(story) { number, _ in
            number == 0 ? .says("{\"people\": \"Odile\"}") : .says("```json\n\(answer)\n```")
        } _: { standIn in
            guard case .array(let turns)? = standIn.asked.last?.body["messages"] else { return }
            #expect(turns.count == 4)
            guard case .string(let complaint)? = turns.last?["content"] else { return }
            #expect(complaint.contains("$.people"), "\(complaint)")
        }
        #expect(outcome.advice?.figures.count == 2 && outcome.notes.isEmpty)
        #expect(outcome.calls.map(\.outcome) == [.misshapen, .taken])
    }

    @Test("that does not come leaves the rules as they are, and says why", arguments: 0..<6)
    func fallback(_ trouble: Int) async throws {
        let story = try Self.story()
        let moods: [ModelStandIn.Mood] = [
            .says("I would rather talk about the weather."), .answers(429, "slow down"), .answers(401, "who are you"),
            .breaksOff("{\"people\":"), .stalls("{"), .babbles,
        ]
        let outcome = try await Self.outcome(story, stall: .milliseconds(200)) { _, _ in moods[trouble] }
        #expect(outcome.advice == nil)
        #expect(outcome.notes.count == 1 && outcome.notes[0].hasPrefix("llm_unavailable: http://127.0.0.1:"))
        #expect(!outcome.calls.isEmpty && outcome.calls.allSatisfy { $0.outcome != .taken })
        #expect(try ExtractEntities.run(.init(story: story)).people.map(\.name) == ["Captain"])
    }

    @Test("is waited for no longer than its asker can wait, whatever is still to be asked")
    func patience() async throws {
        let chapter = Self.text + String(repeating: "\n\nThe rain went on falling over the low hills.", count: 800)
        let story = try IngestStory.run(.init(text: chapter))
        let answer = "{\"people\":[],\"speeches\":[],\"not_people\":[]}"
        let model = Slow(answer)
        let outcome = try await Adviser(model, clock: model).advise(on: story, within: .seconds(600))
        // Every answer takes 400 s: the second is told how little is left, and a third is not asked for.
        #expect(model.patience == [.seconds(600), .seconds(200)])
        #expect(outcome.advice != nil && outcome.calls.map(\.outcome) == [.taken, .taken])
        #expect(outcome.notes.count == 1 && outcome.notes.first?.contains("took too long") ?? false)
    }

    @Test("is on record: what was asked, what came, how long it took and what it cost, and never the key")
    func recorded() async throws {
        let story = try Self.story()
        let answer = Self.reading(story)
        let outcome = try await Self.outcome(story) { _, _ in .says(answer) }
        let call = try #require(outcome.calls.first)
        #expect(outcome.calls.count == 1 && call.model == "reader-1" && call.answer == answer)
        #expect(call.prompt.contains("Odile leaned over the well") && call.promptTokens == 100)
        #expect(call.answerTokens == 20 && call.tries == 1 && call.temperature == 0 && call.outcome == .taken)
        #expect(!"\(call)".contains("sk-secret"))
    }

    @Test("of a long story comes stretch by stretch, and who was named once keeps the name")
    func long() async throws {
        let rain = "\n\nThe rain went on falling over the low hills all day."
        let chapter = Self.text + String(repeating: rain, count: 60)
        let story = try IngestStory.run(.init(text: Array(repeating: chapter, count: 6).joined(separator: "\n\n")))
        let answer = """
            {"people":[{"name":"Odile","aliases":[],"gender":"female","age":"young"}],"speeches":[],"not_people":[]}
            """
        let outcome = try await Self.outcome(story) { _, _ in
            .says(answer)
        } _: { standIn in
            #expect(standIn.asked.count > 1)
            guard case .array(let turns)? = standIn.asked.last?.body["messages"],
                case .string(let question)? = turns.last?["content"]
            else { return }
            #expect(question.contains("Already named in earlier parts, keep these names: Odile"))
        }
        #expect(outcome.advice?.figures.map(\.name) == ["Odile"] && outcome.calls.count > 1)
    }

    @Test("of one long paragraph comes in pieces that a small model holds too, and every segment is asked about once")
    func oneParagraph() async throws {
        let story = try IngestStory.run(
            .init(text: String(repeating: "Odile went on along the river. ", count: 1200)))
        #expect(story.paragraphs.count == 1)
        let answer = "{\"people\":[],\"speeches\":[],\"not_people\":[]}"
        let model = Slow(answer)
        let outcome = try await Adviser(model, clock: model).advise(on: story)
        #expect(outcome.calls.count > 2 && outcome.calls.allSatisfy { $0.prompt.utf8.count < 20_000 })
        let asked = outcome.calls.flatMap { call in
            call.prompt.split(separator: "\n").compactMap { line -> Int? in
                line.contains(" TEXT ") ? line.split(separator: " ").first.flatMap { Int($0) } : nil
            }
        }
        #expect(asked == Array(1...story.paragraphs[0].segments.count))
    }
}

/// A model that takes 400 s for every answer, by its own clock.
private final class Slow: TextModel, WallClock {
    let name = "slow"
    let provider = "http://slow.example"
    private let answer: String
    private let asked = Mutex<[Duration?]>([])

    init(_ answer: String) { self.answer = answer }

    var patience: [Duration?] { asked.withLock { $0 } }

    func complete(_ question: TextQuestion) async throws(TextFailure) -> TextAnswer {
        asked.withLock { $0.append(question.patience) }
        return TextAnswer(text: answer)
    }

    func now() -> Timestamp { Timestamp(microseconds: 0) + .seconds(400) * patience.count }

    func sleep(until moment: Timestamp) async throws {}
}
