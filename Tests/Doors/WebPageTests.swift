// DoorTests · tests · sees Contracts, HTTP, Web
import Contracts
import Foundation
import HTTP
import Testing
import Web

enum Greeting {
    static let name = Parameter.path("name", String.self, as: .text(atMost: 40), "whom to greet")
    static let times = Parameter.query("times", 1...3, usually: 1, "how often")
    static let card = Shape("Card", [.must("text", .text(atMost: 200), "what it says")])

    static let route = Route.get("/api/v1/greetings/{name}", "greet", "Greets somebody")
        .tagged("greetings").needs("greetings:read")
        .takes(name, times)
        .answers(.json(200, card, "a card"), .problem(.notFound, "nobody has this name"))
        .handles { input, context in
            guard try input[name] != "nobody" else { throw Problem(.notFound, "nobody has this name") }
            return ["text": String(repeating: "Hello, \(try input[name])! ", count: try input[times])]
        }
}

@Suite("the page about routes")
struct WebPageTests {
    @Test("shows a route that is served as the page says")
    func example() async throws {
        var manners = Manners()
        manners.authenticate = { _ in Principal("p", tenant: "t", scopes: ["greetings:read"]) }
        let call = WebCall(try Stand.site(manners, [Greeting.route]))
        #expect(try await call.get("/api/v1/greetings/Ada?times=2").text == #"{"text":"Hello, Ada! Hello, Ada! "}"#)
        #expect(try await call.get("/api/v1/greetings/nobody").status == 404)
        #expect(try await call.get("/api/v1/greetings/Ada?times=4").status == 422)
    }

    @Test("shows it to the letter")
    func letter() throws {
        let here = URL(fileURLWithPath: #filePath)
        let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: root.appendingPathComponent("docs/http-routes.md"), encoding: .utf8)
        let blocks = page.components(separatedBy: "```swift\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        let code = try String(contentsOf: here, encoding: .utf8)
        #expect(blocks.count == 1)
        for block in blocks { #expect(code.contains(block)) }
    }

    @Test("a route that is to go says so in every answer")
    func farewell() async throws {
        let since = Timestamp(microseconds: 1_800_000_000_000_000)
        let route = Route.get("/old", "old", "Old").open().deprecated(since: since, gone: since + .seconds(86_400))
            .answers(.empty(204, "done")).now { _ in .none }
        let call = WebCall(try Stand.site(Manners(), [route]))
        let answer = try await call.get("/old")
        #expect(answer["Deprecation"] == "@1800000000")
        #expect(answer["Sunset"] == "Sat, 16 Jan 2027 08:00:00 GMT")
        #expect(try await call.get("/openapi.json").json["paths"]?["/old"]?["get"]?["deprecated"] == .bool(true))
        #expect(try await call.send(.options, "*").status == 204)
    }
}
