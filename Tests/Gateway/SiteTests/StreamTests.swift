// GatewayTests · tests · sees Contracts, GatewayCore, GatewayShell, HTTP, HTTPClientDriver, Wire
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import HTTPClientDriver
import Testing
import Wire

@Suite("A run's events")
struct StreamTests {
    /// A run of seven words from its beginning to its end.
    private func tell(_ run: RunID, _ world: GatewayWorld) async throws {
        try await world.say(
            .runCreated, RunCreated(runID: run, taskID: TaskID(trusted: "task_1"), absentSkills: []), about: run)
        for (old, new) in [(Stage.ingest, Stage.entity), (.entity, .plan), (.plan, .video), (.video, .compose)] {
            try await world.say(
                .runStageChanged,
                RunStageChanged(runID: run, from: old, to: new, progress: Double(new.order * 10), reason: "work_done"),
                about: run)
        }
        try await world.say(
            .runProgressUpdated,
            RunProgressUpdated(runID: run, stage: .compose, progress: 99, jobsDone: 9, jobsKnown: 10), about: run)
        try await world.say(.runSucceeded, RunSucceeded(runID: run, outcome: .success, artifacts: []), about: run)
    }

    @Test(
        "are told in order to who follows from the beginning, and the stream ends with the run",
        arguments: GatewayWorld.Ground.allCases)
    func whole(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let run = try await world.submit()
            async let heard = follow(run, after: nil, most: .max, world)
            try await tell(run, world)
            let events = try await heard
            #expect(events.map(\.id) == (1...7).map(String.init))
            #expect(Set(events.compactMap(\.name)).count == 4)
            let again = try await world.ask(.get, "/api/v1/runs/\(run)/events", with: ["Last-Event-ID": "7"])
            #expect(again.status == 204, "a browser that is told so does not come back")
        }
    }

    @Test(
        "cut off behind every number and asked for again are the same, without gap or double",
        arguments: GatewayWorld.Ground.allCases)
    func cut(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let run = try await world.submit()
            async let live: [[StreamEvent]] = withThrowingTaskGroup(of: [StreamEvent].self) { group in
                for cut in 0...6 {
                    group.addTask {
                        // Hears so many, hangs up, and comes back with the last number it has seen.
                        let first = try await follow(run, after: nil, most: cut, world)
                        return first + (try await follow(run, after: first.last?.id, most: .max, world))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            try await tell(run, world)
            for heard in try await live { #expect(heard.map(\.id) == (1...7).map(String.init)) }
            // And when all of it is past.
            for cut in 0...6 {
                let rest = try await follow(run, after: "\(cut)", most: .max, world)
                #expect(rest.map(\.id) == (cut + 1...7).map(String.init))
            }
        }
    }

    @Test("come a page at a time too, and are nobody else's")
    func pages() async throws {
        try await GatewayWorld.open { world in
            let run = try await world.submit()
            try await tell(run, world)
            let isOver = try await world.becomes(run, "succeeded")
            #expect(isOver)
            let page = try await world.ask(
                .get, "/api/v1/runs/\(run)/events?after=2&limit=3", with: ["Accept": "application/json"])
            #expect(page.body["items"]?.items.compactMap { $0["number"] } == [3, 4, 5].map { .integer($0) })
            #expect(page.body["items"]?[0]?["event"]?["run_id"]?.text == run.rawValue)
            let stranger = try await world.ask(.get, "/api/v1/runs/\(run)/events", as: "key-stranger")
            #expect(stranger.status == 404)
            let nonsense = try await world.ask(.get, "/api/v1/runs/\(run)/events", with: ["Last-Event-ID": "x"])
            #expect(nonsense.status == 422)
        }
    }

    @Test("that were said twice by the broker are told once")
    func twice() async throws {
        try await GatewayWorld.open { world in
            let run = try await world.submit()
            try await tell(run, world)
            let isOver = try await world.becomes(run, "succeeded")
            #expect(isOver)
            let before = try await world.noted(run)
            let envelopes = try before.compactMap { try EnvelopeReader.read(Array($0.body.utf8)) }
            try await world.hear(envelopes + envelopes)
            #expect(try await world.noted(run) == before)
            // Of a relay that was killed between publishing and marking, both lie in the queue, and come at once.
            let more = envelopes.map { envelope in
                var envelope = envelope
                envelope.eventID = EventID(trusted: "\(envelope.eventID)-more")
                return envelope
            }
            try await world.hear(more + more)
            #expect(try await world.noted(run).count == before.count + more.count)
        }
    }

    private func follow(
        _ run: RunID, after last: String?, most: Int, _ world: GatewayWorld
    ) async throws -> [StreamEvent] {
        guard most > 0 else { return [] }
        var fields: HTTPFields = ["Authorization": "Bearer key-owner"]
        fields["Last-Event-ID"] = last
        var heard: [StreamEvent] = []
        let call = HTTPCall(.get, "\(world.place)/api/v1/runs/\(run)/events", fields)
        for try await event in try await world.client.events(call) {
            heard.append(event)
            if heard.count == most { break }
        }
        return heard
    }
}
