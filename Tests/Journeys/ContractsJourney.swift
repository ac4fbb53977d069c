// JourneyTests · tests · sees AinerCLI, AinerCLICore, AinerVoice, Contracts, Wire, Ports, SQLiteDriver
import AinerCLICore
import Contracts
import Foundation
import Testing
import Wire

@Suite("ainer contracts")
struct ContractsJourney {
    private static let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/contracts")

    @Test("exports what is committed under docs/contracts: if not, export again and commit")
    func drift() throws {
        for file in ContractFile.all() {
            let kept = try String(contentsOf: Self.docs.appendingPathComponent(file.path), encoding: .utf8)
            let wanted = try text(of: file)
            #expect(kept == wanted, "\(file.path)")
        }
        let wanted = Set(ContractFile.all().map(\.path))
        let there =
            FileManager.default.enumerator(atPath: Self.docs.appendingPathComponent("schemas").path)?
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".json") }.map { "schemas/" + $0 } ?? []
        #expect(there.filter { !wanted.contains($0) } == [], "nobody says these any more")
    }

    private func text(of file: ContractFile) throws -> String {
        switch file.content {
        case .json(let value): String(decoding: try JSON.encodePretty(value), as: UTF8.self)
        case .text(let text): text
        }
    }

    @Test("validates envelopes line by line, and says by its status whether all are good")
    func validate() throws {
        let house = try Household()
        defer { house.clear() }
        let vectors = Self.docs.deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Tests/Vectors/ainer")
        let good = try ["run.created", "job.failed"].map {
            try String(contentsOf: vectors.appendingPathComponent($0 + ".json"), encoding: .utf8)
        }
        let fine = try house.run(["contracts", "validate", try house.write(good.joined() + "\n")])
        #expect(fine.status == 0)
        #expect(fine.output == "")
        #expect(fine.complaint.contains("2 envelopes are good"))
        let bad = good[0] + good[1].replacing(#""retryable":true"#, with: #""retryable":7"#) + "{}\n" + "not json\n"
        let faulty = try house.run(["contracts", "validate", try house.write(bad), "--json"])
        #expect(faulty.status == 1)
        #expect(faulty.complaint.hasSuffix("ainer explain REQ-VALIDATION-001\n"))
        let faults = try faulty.output.split(separator: "\n").map { try JSON.value(of: Array($0.utf8)) }
        #expect(faults.map { $0["line"] } == [.integer(2), .integer(3), .integer(4)])
        #expect(
            faults.map { $0["reason"] } == [.string("malformed_field"), .string("missing_field"), .string("not_json")])
    }

    @Test("shows any name it knows, and refuses another with the names there are")
    func show() throws {
        let house = try Household()
        defer { house.clear() }
        for name in ["run.created", "Genesis.Session.Started", "model.pull", "TaskSpec", "text_delta"] {
            #expect(try house.run(["contracts", "show", name]).status == 0)
        }
        #expect(try house.run(["contracts", "show", "run.exploded"]).status == 2)
        let list = try house.run(["contracts", "list", "--json"])
        guard case .array(let records) = try JSON.value(of: Array(list.output.utf8)) else { return }
        #expect(records.count == Registry.standard.entries.count)
    }
}
