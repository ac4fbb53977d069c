// JourneyTests · tests · sees AinerCLI, AinerCLICore, AinerVoice, Contracts, Kit, Wire
import Contracts
import Foundation
import Kit
import Testing
import Wire

@Suite("A story that a model reads too")
struct ModelJourney {
    /// Says of every story that Anna is a child and that the wind speaks: no rule would.
    @Sendable private static func fancy(_: Int, _ asked: ModelStandIn.Asked) -> ModelStandIn.Mood {
        guard case .array(let turns)? = asked.body["messages"], case .string(let question)? = turns.last?["content"]
        else { return .babbles }
        let spoken = question.split(separator: "\n").filter { $0.contains(" SPEECH ") }
            .compactMap { $0.split(separator: " ").first }
        let speeches = spoken.map { "{\"segment\":\($0),\"speaker\":\"the wind\"}" }.joined(separator: ",")
        return .says(
            """
            {"people":[{"name":"Anna","aliases":[],"gender":"female","age":"child"},
            {"name":"the wind","aliases":[],"gender":"unknown","age":"unknown"}],
            "speeches":[\(speeches)],"not_people":[]}
            """)
    }

    private static func household(_ url: String) throws -> Household {
        try Household(["AINER_LLM_URL": url, "AINER_LLM_MODEL": "reader-1", "AINER_LLM_KEY": "sk-secret"])
    }

    @Test("is planned as the model reads it, and by the rules alone, with the reason, when it does not answer")
    func plan() async throws {
        try await ModelStandIn.open(Self.fancy) { standIn, url in
            let house = try Self.household(url)
            defer { house.clear() }
            let said = try await house.ask(["plan", try house.write(Household.story)])
            #expect(said.status == 0 && said.complaint.isEmpty, "\(said.complaint)")
            for part in ["read by rules and reader-1", "Anna: child, female", "the wind: “It is warm.”"] {
                #expect(said.output.contains(part), "\(part) in\n\(said.output)")
            }
            #expect(standIn.asked.map(\.key) == ["Bearer sk-secret"])
        }
        try await ModelStandIn.open { _, _ in
            .answers(401, "no such key: sk-secret")
        } _: { _, url in
            let house = try Self.household(url)
            defer { house.clear() }
            let said = try await house.ask(["plan", try house.write(Household.story)])
            #expect(said.status == 0 && said.output.contains("read by rules)"))
            #expect(said.output.contains("Anna: “It is warm.”"))
            #expect(said.complaint.contains("llm_unavailable: \(url.dropLast(3)): it answered 401: no such key: •••"))
        }
    }

    @Test("becomes a film with the questions on record, and a film all the same when the model fails")
    func make() async throws {
        try await ModelStandIn.open { number, asked in
            number == 0 ? Self.fancy(number, asked) : .breaksOff("{\"people\"")
        } _: { _, url in
            let house = try Self.household(url)
            defer { house.clear() }
            let story = try house.write(Household.story)
            let made = try await house.ask(["make", story, "-o", house.out, "--quality", "draft"])
            #expect(made.status == 0, "\(made.complaint)")
            let first = try await house.promoted()
            #expect(first.keys.contains { $0.hasPrefix("model_calls") }, "\(first.keys.sorted())")
            let again = try await house.ask(["make", story, "-o", house.out, "--quality", "draft", "--seed", "2"])
            #expect(again.status == 0, "\(again.complaint)")
            #expect(!(made.output + made.complaint + again.output + again.complaint).contains("sk-secret"))
        }
    }

    @Test("needs all of the settings of its model, or none")
    func settings() async throws {
        for (set, words) in [
            (["AINER_LLM_URL": "http://127.0.0.1:9/v1"], "AINER_LLM_URL needs AINER_LLM_MODEL"),
            (["AINER_LLM_MODEL": "m"], "need AINER_LLM_URL"),
            (["AINER_LLM_URL": "ftp://x", "AINER_LLM_MODEL": "m"], "AINER_LLM_URL"),
        ] {
            let house = try Household(set)
            defer { house.clear() }
            let said = try await house.ask(["plan", try house.write(Household.story)])
            #expect(said.status == 78 && said.complaint.contains(words), "\(said.complaint)")
        }
    }
}
