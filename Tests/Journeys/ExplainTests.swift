// JourneyTests · tests · sees AinerCLI, AinerCLICore, AinerVoice, Contracts, Wire, Ports, SQLiteDriver
import AinerCLICore
import Contracts
import Testing
import Wire

@Suite("ainer explain")
struct ExplainTests {
    @Test("says of every code what it means and what helps", arguments: ErrorCode.table)
    func every(entry: ErrorCode.Entry) throws {
        let said = try Explanation(of: entry.code.rawValue.lowercased()).lines().joined(separator: "\n")
        #expect(said.contains(entry.meaning) && said.contains(entry.nextStep) && said.contains(entry.owner.name))
    }

    @Test("knows the codes that are out of use")
    func renamed() throws {
        let explanation = try Explanation(of: "WORKER-LEASE-004")
        #expect(explanation.code == .leaseLost)
        #expect(explanation.lines().first == "WORKER-LEASE-004 is called WORKER-HEARTBEAT-004 now")
    }

    @Test("names the codes that look like a misspelt one")
    func nearest() {
        #expect(Explanation.nearest(to: "ORCH-STATE-01").first == .illegalTransition)
        #expect(Explanation.nearest(to: "COMPOSE-FFMPG-01").first == .composeFailed)
        #expect(Explanation.nearest(to: "").count == 3)
    }

    @Test("answers in words, in JSON, and with status 2 to what is no code")
    func program() throws {
        let house = try Household()
        defer { house.clear() }
        let words = try house.run(["explain", "ORCH-STATE-001"])
        #expect(words.status == 0 && words.output.contains("409"))
        let json = try house.run(["explain", "--json", "ORCH-STATE-001"])
        let value = try JSON.decode(JSONValue.self, from: json.output)
        #expect(value["error_code"] == .string("ORCH-STATE-001"))
        #expect(value["http_status"] == .integer(409))
        let strange = try house.run(["explain", "ORCH-STATUS-01"])
        #expect(strange.status == 2 && strange.complaint.contains("ORCH-STATE-001"))
        #expect(try house.run(["explain"]).status == 2)
    }
}
