// JourneyTests · tests · sees Contracts, Ports, Wire
import Contracts
import Foundation
import Testing
import Wire

/// What a client sees in both set-ups alike, for whoever has one standing.
enum Acceptance {
    /// E2E-008, as far as `run.failed`.
    static func failsAsOrdered(_ house: Household) async throws {
        let broken = try house.write(Household.story + "\n\n#fail video shot 2 oom\n", as: "broken.md")
        let once = try house.write(Household.story + "\n\n#fail audio timeout once\n", as: "once.md")
        let run = String(
            try await house.ask(["submit", broken, "--quality", "draft", "--sandbox"]).output.prefix { $0 != "\n" })
        let mended = String(
            try await house.ask(["submit", once, "--quality", "draft", "--sandbox"]).output.prefix { $0 != "\n" })
        let watched = try await house.ask(["watch", run, "--json"])
        #expect(watched.status == 1)
        let events = try watched.output.split(separator: "\n").compactMap {
            try EnvelopeReader.read(Array($0.utf8))
        }
        let failures = events.filter { $0.eventType == .ainer(.jobFailed) }
        #expect(
            failures.count == 3
                && failures.allSatisfy { $0.failure?.errorCode == ErrorCode.deviceExhausted.rawValue })
        let end = try #require(events.last)
        #expect(end.eventType == .ainer(.runFailed) && end.failure?.errorCode == ErrorCode.deviceExhausted.rawValue)
        #expect(Set(events.map(\.trail.traceID)).count == 1, "one trace from the submission to the end")
        #expect(try await house.ask(["why", run]).output.contains("WORKER-GPU-006"))
        // Each of the three attempts left what was noted at it.
        let logs = try await house.ask(["artifacts", run, "-o", house.out, "--type", "job_log", "--json"])
        let paths = try JSON.value(of: Array(logs.output.utf8))["items"]?.texts("path") ?? []
        let told = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
        #expect(told.count { $0.contains("WORKER-GPU-006") } == 3, "\(logs.output)\(logs.complaint)")
        #expect(try await house.ask(["watch", mended]).status == 0)
        let wrong = try house.write("#fail tea\n" + Household.story, as: "wrong.md")
        let refused = try await house.ask(["submit", wrong, "--sandbox"])
        #expect(refused.status == 5 && refused.complaint.contains("line 1"), "\(refused.complaint)")
        #expect(
            try await house.ask(["submit", wrong, "--quality", "draft"]).status == 0, "in earnest it is a story")
    }

    /// E2E-003 and E2E-019: the plan follows the stage, the pictures follow the compiled shots, and both are whole.
    static func isPlannedAndCompiled(_ house: Household) async throws {
        let run = try await submit(house, seed: 19)
        let watched = try await house.ask(["watch", run, "--json"])
        #expect(watched.status == 0, "\(watched.complaint)")
        let events = try watched.output.split(separator: "\n").compactMap {
            try EnvelopeReader.read(Array($0.utf8))
        }
        func first(_ type: AinerEvent, _ matches: (JSONValue) -> Bool = { _ in true }) throws -> EventEnvelope {
            try #require(
                try events.first {
                    try $0.eventType == .ainer(type) && matches(try JSON.value(of: $0.payload.bytes))
                }, "\(type.rawValue)")
        }
        // Causes come before effects in time; what a client hears first is another matter.
        let staged = try first(.runStageChanged) { $0["new_stage"] == .string("plan") }
        let planned = try first(.planShotGenerated)
        let compiled = try first(.shotDSLCompiled)
        let ordered = try first(.jobCreated) { $0["job_type"] == .string("render_video") }
        #expect(staged.occurredAt < planned.occurredAt && compiled.occurredAt < ordered.occurredAt)
        let plan = try await made("shot_plan", by: run, house).last
        guard case .array(let scenes)? = plan?["scenes"] else { return #expect(Bool(false), "a plan has scenes") }
        #expect(!scenes.isEmpty)
        let bundle = try await made("dsl_bundle", by: run, house).last
        guard case .array(let shots)? = bundle else { return #expect(Bool(false), "a bundle is a list of shots") }
        #expect(!shots.isEmpty && shots.allSatisfy { ShotDSL.faults(in: $0).isEmpty })
        let drawn = events.filter { $0.eventType == .ainer(.jobSucceeded) }.count { event in
            (try? JSON.value(of: event.payload.bytes))?["job_type"] == .string("render_video")  // then it is none
        }
        #expect(drawn == shots.count, "each of them could be drawn")
    }

    /// The artifacts of a type, as JSON, in the order in which they were made.
    private static func made(_ type: String, by run: String, _ house: Household) async throws -> [JSONValue] {
        let listed = try await house.ask(["artifacts", run, "-o", house.out, "--type", type, "--json"])
        #expect(listed.status == 0, "\(listed.complaint)")
        let paths = try JSON.value(of: Array(listed.output.utf8))["items"]?.texts("path") ?? []
        return try paths.map { try JSON.value(of: Array(try Data(contentsOf: URL(fileURLWithPath: $0)))) }
    }

    /// E2E-010: every event of a film that is done comes again, under its number.
    static func isReplayed(_ house: Household) async throws {
        // As long as an older run is not over, a rebuild says everything again that was said since it was handed in.
        let older = try await submit(house, seed: 20)
        #expect(try await house.ask(["pause", older]).status == 0)
        let run = try await submit(house, seed: 21)
        try await watch(run, house)
        let before = try await picture(of: run, house)
        let rebuilt = try await house.ask(["queues", "rebuild"])
        #expect(rebuilt.status == 0 && !rebuilt.output.hasPrefix("0 letters"), "\(rebuilt.output)\(rebuilt.complaint)")
        // What is said of the older one now comes behind what is said again.
        #expect(try await house.ask(["resume", older]).status == 0)
        try await watch(older, house)
        #expect(try await picture(of: run, house) == before)
        #expect(try await house.ask(["dlq"]).output == "no dead letters\n")
    }

    private static func submit(_ house: Household, seed: Int) async throws -> String {
        let story = try house.write(Household.story)
        let submitted = try await house.ask(["submit", story, "--quality", "draft", "--seed", "\(seed)"])
        #expect(submitted.status == 0, "\(submitted.complaint)")
        return String(submitted.output.prefix { $0 != "\n" })
    }

    private static func watch(_ run: String, _ house: Household) async throws {
        let watched = try await house.ask(["watch", run])
        #expect(watched.status == 0, "\(watched.output)\(watched.complaint)")
    }

    /// All that a client can see of it: every event with its number, every job, every artifact.
    private static func picture(of run: String, _ house: Household) async throws -> [String] {
        var seen: [String] = []
        for words in [["watch", run, "--json"], ["jobs", run], ["artifacts", run]] {
            let answer = try await house.ask(words)
            #expect(answer.status == 0 && !answer.output.isEmpty, "\(words): \(answer.complaint)")
            seen.append(answer.output)
        }
        return seen
    }
}

extension JSONValue {
    /// The texts under one key of every object in a list.
    fileprivate func texts(_ key: String) -> [String] {
        guard case .array(let elements) = self else { return [] }
        return elements.compactMap { if case .string(let text)? = $0[key] { text } else { nil } }
    }
}
