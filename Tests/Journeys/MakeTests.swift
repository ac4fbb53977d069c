// JourneyTests · tests · sees AinerCLI, AinerCLICore, AinerVoice, Contracts, Wire, Ports, SQLiteDriver
import Contracts
import Foundation
import Testing
import Wire

@Suite("ainer make")
struct MakeTests {
    @Test("turns a story into a film that plays, with a subtitle for every line, as long as the plan says")
    func film() throws {
        let house = try Household()
        defer { house.clear() }
        let made = try house.make(try house.write(Household.story))
        #expect(made.status == 0, "\(made.output)\n\(made.complaint)")
        let streams = try probe(house.out + "/cup.mp4")
        #expect(streams.contains("video") && streams.contains("audio") && streams.contains("subtitle"))
        let subtitles = try String(contentsOfFile: house.out + "/cup.srt", encoding: .utf8)
        for line in ["Anna sat in the kitchen.", "She held a blue cup.", "It is warm", "At night the wind came."] {
            #expect(subtitles.contains(line))
        }
        let manifest = try JSON.decode(
            JSONValue.self, from: try String(contentsOfFile: house.out + "/cup.json", encoding: .utf8))
        #expect(manifest["quality_gate"] == .string("not_evaluated"))
        #expect(manifest["outcome"] != nil)
    }

    @Test("says events as JSON, one a line, and nothing else")
    func json() throws {
        let house = try Household()
        defer { house.clear() }
        let made = try house.make(try house.write(Household.story), ["--json"])
        #expect(made.status == 0)
        let envelopes = try made.output.split(separator: "\n").compactMap {
            try EnvelopeReader.read(Array($0.utf8))
        }
        #expect(envelopes.contains { $0.eventType == .ainer(.runSucceeded) })
        #expect(envelopes.count(where: { $0.eventType == .ainer(.runStageChanged) }) == Stage.allCases.count - 1)
    }

    @Test(
        "refuses what it cannot use, says what to do, and leaves nothing behind",
        arguments: [
            (["make"], 2, "needs a story file"), (["make", "a.md", "b.md"], 2, "one story file"),
            (["make", "a.md", "--quality", "superb"], 2, "draft, standard or ultra"), (["bake"], 2, "not a command"),
            (["make", "a.md", "--seed", "-4"], 2, "whole number"),
            (["make", "nowhere.md"], 66, "cannot read the story"),
        ] as [([String], Int32, String)])
    func refusals(_ arguments: [String], _ status: Int32, _ words: String) throws {
        let house = try Household()
        defer { house.clear() }
        let ended = try house.run(arguments)
        #expect(ended.status == status)
        #expect(ended.complaint.contains(words), "\(ended.complaint)")
        #expect(lastLine(of: ended.complaint) == "ainer explain " + (status == 2 ? "REQ-USAGE-001" : "REQ-INPUT-001"))
    }

    @Test("tells an empty story what is wrong with it")
    func emptyStory() throws {
        let house = try Household()
        defer { house.clear() }
        let ended = try house.make(try house.write("\n\n***\n"))
        #expect(ended.status == 1)
        #expect(ended.output.contains("REQ-VALIDATION-001"), "\(ended.output)\(ended.complaint)")
        #expect(lastLine(of: ended.output) == "ainer explain REQ-VALIDATION-001")
    }

    @Test("lets one process at a time into a data folder and names the other")
    func oneAtATime() throws {
        let house = try Household()
        defer { house.clear() }
        let story = try house.write(Household.story)
        let first = try house.start(["make", story, "-o", house.out, "--quality", "draft"])
        first.waitForTheRun()
        let second = try house.make(story)
        #expect(second.status == 75)
        #expect(second.complaint.contains("pid"))
        #expect(lastLine(of: second.complaint) == "ainer explain SYS-BUSY-001")
        #expect(first.wait().status == 0)
    }

    private func lastLine(of text: String) -> String? { text.split(separator: "\n").last.map(String.init) }

    private func probe(_ path: String) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0", path]
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }
}
