// DoorTests · tests · sees ChatDriver, Contracts, HTTPClientDriver, Kit, Ports
import ChatDriver
import Contracts
import HTTPClientDriver
import Kit
import Ports
import Testing

@Suite("A model behind the chat API")
struct ChatModelTests {
    private static let question = TextQuestion(
        [TextTurn(.system, "Answer."), TextTurn(.user, "Who?")], schema: .object(["type": .string("object")]),
        named: "reading", seed: 7)

    private static func model(
        _ url: String, key: String? = "sk-secret", _ change: (inout ChatOptions) -> Void = { _ in }
    ) throws -> ChatModel {
        var options = ChatOptions(url: url, model: "m-1", key: key)
        options.firstPause = .milliseconds(1)
        options.longestPause = .milliseconds(50)
        change(&options)
        return try #require(ChatModel(options, client: try HTTPClient()))
    }

    private static func failure(_ model: ChatModel) async -> TextFailure? {
        await #expect(throws: TextFailure.self) { try await model.complete(question) }
    }

    @Test("is asked for a stream of a shape, under its key, and its words are put together and its tokens counted")
    func streams() async throws {
        try await ModelStandIn.open { _, _ in
            .says("{\"who\":\"米拉 “Mira”\"}")
        } _: { standIn, url in
            let answer = try await Self.model(url).complete(Self.question)
            let expected = TextAnswer(text: "{\"who\":\"米拉 “Mira”\"}", promptTokens: 100, answerTokens: 20)
            #expect(answer == expected)
            let asked = try #require(standIn.asked.first)
            #expect(asked.path == "/v1/chat/completions" && asked.key == "Bearer sk-secret")
            #expect(asked.body["model"] == .string("m-1") && asked.body["stream"] == .bool(true))
            #expect(asked.body["temperature"] == .integer(0))
            #expect(asked.body["response_format"]?["type"] == .string("json_schema"))
        }
    }

    @Test("may answer in one piece, and without a key")
    func whole() async throws {
        try await ModelStandIn.open { _, _ in
            .saysAtOnce("{}")
        } _: { standIn, url in
            let answer = try await Self.model(url + "/chat/completions", key: nil).complete(Self.question)
            #expect(answer.text == "{}")
            #expect(standIn.asked.map(\.key) == [nil])
        }
    }

    @Test("that knows no shapes is asked for JSON, and then by words alone, and it is remembered")
    func simpler() async throws {
        try await ModelStandIn.open { _, asked in
            asked.body["response_format"] == nil ? .says("{}") : .answers(400, "response_format is not supported")
        } _: { standIn, url in
            let model = try Self.model(url)
            #expect(try await model.complete(Self.question).text == "{}")
            #expect(try await model.complete(Self.question).text == "{}")
            let forms = standIn.asked.map { $0.body["response_format"]?["type"] }
            #expect(forms == [.string("json_schema"), .string("json_object"), nil, nil])
        }
    }

    @Test("that refuses every form is asked for a shape again next time")
    func refusedAnyway() async throws {
        try await ModelStandIn.open { number, _ in
            number < 3 ? .answers(400, "there is no model m-1") : .says("{}")
        } _: { standIn, url in
            let model = try Self.model(url)
            let failure = await Self.failure(model)
            #expect(failure?.code == .refused && failure?.cause.contains("no model m-1") ?? false)
            #expect(try await model.complete(Self.question).text == "{}")
            #expect(standIn.asked.last?.body["response_format"]?["type"] == .string("json_schema"))
        }
    }

    @Test("that is busy, in trouble or breaks off is asked again", arguments: 0..<6)
    func again(_ trouble: Int) async throws {
        let moods: [ModelStandIn.Mood] = [
            .answers(429, "slow down", retryAfter: 0), .answers(503, "loading"), .breaksOff("{\"wh"), .babbles,
            .stalls("{\"wh"), .isDeaf,
        ]
        try await ModelStandIn.open { number, _ in
            number == 0 ? moods[trouble] : .says("{}")
        } _: { standIn, url in
            let model = try Self.model(url) {
                $0.firstWord = .seconds(1)
                $0.stall = .seconds(1)
            }
            let answer = try await model.complete(Self.question)
            #expect(answer.text == "{}" && answer.tries >= 2 && standIn.asked.count >= 2)
        }
    }

    @Test("that stays busy is given up after as many tries as it may have")
    func busy() async throws {
        try await ModelStandIn.open { _, _ in
            .answers(429, "slow down")
        } _: { standIn, url in
            let failure = await Self.failure(try Self.model(url))
            #expect(failure?.code == .busy && failure?.tries == 4 && standIn.asked.count == 4)
            #expect(failure?.description.contains("429: slow down") ?? false)
        }
    }

    @Test("is waited for no longer than the question says, with all its tries")
    func patience() async throws {
        try await ModelStandIn.open { _, _ in
            .isDeaf
        } _: { standIn, url in
            var question = Self.question
            question.patience = .milliseconds(200)
            let model = try Self.model(url)
            let failure = await #expect(throws: TextFailure.self) { try await model.complete(question) }
            #expect(failure?.code == .stalled && standIn.asked.count <= 1)
        }
    }

    @Test("that wants to be left alone for longer than we wait is not waited for")
    func later() async throws {
        try await ModelStandIn.open { _, _ in
            .answers(429, "tomorrow", retryAfter: 86_400)
        } _: { standIn, url in
            let failure = await Self.failure(try Self.model(url))
            #expect(failure?.code == .busy && standIn.asked.count == 1)
        }
    }

    @Test("that refuses is not asked again, and its words are told without the key")
    func refused() async throws {
        try await ModelStandIn.open { _, _ in
            .answers(401, "Incorrect API key provided: sk-secret.")
        } _: { standIn, url in
            let failure = try #require(await Self.failure(try Self.model(url)))
            #expect(failure.code == .refused && standIn.asked.count == 1)
            #expect(failure.cause == "it answered 401: Incorrect API key provided: •••.")
        }
    }

    @Test("tells nothing of a key, however far behind in what it says, and not in an answer either")
    func hidden() async throws {
        let key = "sk-" + String(repeating: "k", count: 160)
        let words = String(repeating: "x", count: 250) + key
        try await ModelStandIn.open { number, _ in
            number == 0 ? .answers(401, words) : .says("{\"key\":\"\(key)\"}")
        } _: { _, url in
            let model = try Self.model(url, key: key)
            let failure = try #require(await Self.failure(model))
            #expect(!failure.cause.contains("kk") && failure.cause.contains("xx"))
            #expect(try await model.complete(Self.question).text == "{\"key\":\"•••\"}")
        }
    }

    @Test("is found at any way to it", arguments: ["/chat/completions/?v=1", "?v=1", "/", ""])
    func ways(_ end: String) async throws {
        try await ModelStandIn.open { _, _ in
            .says("{}")
        } _: { standIn, url in
            let answer = try await Self.model(url + end).complete(Self.question)
            #expect(answer.text == "{}")
            #expect(standIn.asked.map(\.path) == ["/v1/chat/completions" + (end.contains("v=1") ? "?v=1" : "")])
        }
    }

    @Test("in front of which somebody answers plainly is told with his words, and a page is called a page")
    func plain() async throws {
        for (body, words) in [("no such model", "it answered 404: no such model"), ("<html>", "404: a page of HTML")] {
            try await ModelStandIn.open { _, _ in
                .answersPlainly(404, body)
            } _: { _, url in
                let failure = try #require(await Self.failure(try Self.model(url)))
                #expect(failure.code == .refused && failure.cause.contains(words), "\(failure)")
            }
        }
    }

    @Test("whose answer has no room is not believed, however whole it looks")
    func cutShort() async throws {
        try await ModelStandIn.open { _, _ in
            .runsOut("{}")
        } _: { standIn, url in
            let failure = await Self.failure(try Self.model(url))
            #expect(failure?.code == .cutShort)
            #expect(standIn.asked.count == 1)
        }
    }

    @Test("that nobody serves is unreachable, and says where")
    func nobody() async throws {
        let failure = try #require(await Self.failure(try Self.model("http://127.0.0.1:9/v1") { $0.tries = 2 }))
        #expect(failure.code == .unreachable && failure.tries == 2 && failure.place == "http://127.0.0.1:9")
    }
}
