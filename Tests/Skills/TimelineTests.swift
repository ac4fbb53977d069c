// SkillsTests · tests · sees Contracts, Ingest, Entities, Planning, Wire
import Contracts
import Planning
import Testing

@Suite("The timeline")
struct TimelineTests {
    let desk: Desk

    init() throws { desk = try Desk.example("lighthouse.md") }

    private func takes(_ milliseconds: (Int) -> Int) -> [TakeTiming] {
        desk.plan.lines.enumerated().map { index, line in
            TakeTiming(
                lineID: line.lineID, sampleRate: 48_000, samples: milliseconds(index) * 48, words: [], phones: [])
        }
    }

    @Test("has whole frames that add up, at every rate and for every length of take", arguments: [12, 24, 25, 30])
    func exact(fps: Int) throws {
        for round in 0..<40 {
            let takes = takes { 100 + (($0 + 1) * 7919 * (round + 1)) % 9000 }
            let timeline = try AssembleTimeline.run(.init(plan: desk.plan, takes: takes, fps: fps))
            #expect(Invariants(desk: desk).timing(timeline).isEmpty)
            #expect(try Invariants(desk: desk).compiled(timeline).isEmpty)
            #expect(try Invariants(desk: desk).subtitles(timeline).isEmpty)
        }
    }

    @Test("breathes: a second before a scene, a pad after the last word, a held end")
    func pauses() throws {
        let timeline = try desk.timeline()
        let first = desk.plan.scenes[1].shots[0]
        let shot = try #require(timeline.shots.first { $0.shotID == first.shotID })
        let line = try #require(timeline.lines.first { $0.shotID == first.shotID })
        #expect(abs(line.startMS - shot.firstFrame * 1000 / 24 - 1000) <= 1)
        for span in timeline.shots {
            guard let last = timeline.lines.last(where: { $0.shotID == span.shotID }) else { continue }
            #expect((span.firstFrame + span.frames) * 1000 / 24 >= last.endMS + 299)
        }
        #expect((timeline.shots.first?.frames ?? 0) >= 3 * 24)
        let lastShot = try #require(desk.plan.shots.last)
        #expect((timeline.shots.last?.frames ?? 0) * 1000 / 24 >= lastShot.minimumMS + 1500)
    }

    @Test("names every missing take")
    func missing() {
        let takes = Array(takes { _ in 900 }.dropFirst(2))
        let refusal = #expect(throws: FailureReport.self) {
            try AssembleTimeline.run(.init(plan: desk.plan, takes: takes, fps: 24))
        }
        #expect(refusal?.errorCode == .planValidation)
        #expect(refusal?.message.contains("L0001, L0002") == true)
    }

    @Test("gives a silent take the time it takes to read its subtitle")
    func silent() throws {
        let timeline = try AssembleTimeline.run(.init(plan: desk.plan, takes: takes { $0 == 3 ? 0 : 900 }, fps: 24))
        let line = timeline.lines[3]
        #expect(line.endMS - line.startMS == Estimate.reading(desk.plan.lines[3].text))
    }

    @Test("refuses rates no film has, and shots no one can draw")
    func refuses() {
        #expect(throws: FailureReport.self) {
            try AssembleTimeline.run(.init(plan: desk.plan, takes: desk.takes, fps: 0))
        }
        let refusal = #expect(throws: FailureReport.self) {
            try AssembleTimeline.run(.init(plan: desk.plan, takes: takes { $0 == 5 ? 70_000 : 900 }, fps: 24))
        }
        #expect(refusal?.nextStep.contains("L0006") == true)
    }

    @Test("moves what happens inside a line along with the line")
    func beats() throws {
        let slow = takes { index in Estimate.speech(desk.plan.lines[index].text) * 2 }
        let timeline = try AssembleTimeline.run(.init(plan: desk.plan, takes: slow, fps: 24))
        let shots = try CompileDSL.run(
            .init(plan: desk.plan, timeline: timeline, continuity: Continuity(profiles: desk.profiles, voices: [])))
        for (shot, plan) in zip(shots, desk.plan.shots) {
            for (drafted, actor) in zip(plan.draft.cast, shot.cast) {
                for beat in drafted.beats where beat.pose != nil {
                    guard let before = plan.draft.lines.first(where: { ($0.startMS...$0.endMS).contains(beat.atMS) }),
                        let after = shot.lines.first(where: { $0.lineID == before.lineID })
                    else { continue }
                    let share = Double(beat.atMS - before.startMS) / Double(before.endMS - before.startMS)
                    let wanted = Double(after.startMS) + share * Double(after.endMS - after.startMS)
                    #expect(actor.beats.contains { $0.pose == beat.pose && abs(Double($0.atMS) - wanted) < 5 })
                }
            }
        }
    }

    @Test("lets whoever stands and speaks talk with their hands")
    func talk() throws {
        let shots = try CompileDSL.run(
            .init(
                plan: desk.plan, timeline: try desk.timeline(),
                continuity: Continuity(profiles: desk.profiles, voices: [])))
        let speech = try #require(shots.first { $0.lines.first?.text.hasPrefix("That was no star") == true })
        let tobias = try #require(speech.cast.first { $0.entityID == speech.lines[0].speaker })
        #expect(tobias.beats.contains { $0.pose == "talk" && $0.atMS <= speech.lines[0].startMS })
        #expect(shots.flatMap(\.lines).allSatisfy { $0.visemes.isEmpty })
    }

    @Test("refuses people without a look")
    func strangers() throws {
        let timeline = try desk.timeline()
        let refusal = #expect(throws: FailureReport.self) {
            try CompileDSL.run(
                .init(plan: desk.plan, timeline: timeline, continuity: Continuity(profiles: [], voices: [])))
        }
        #expect(refusal?.message.contains("Mira") == true)
    }
}

@Suite("Subtitles")
struct SubtitleTests {
    @Test("break where words do, in two lines of like length")
    func breaks() throws {
        let desk = try Desk("The night was long and cold, and the wind came over the hill, and Mira waited there.")
        let cues = try Subtitles.run(.init(plan: desk.plan, timeline: desk.timeline()))
        #expect(
            cues.map(\.text) == [
                "The night was long and cold, and the wind\ncame over the hill, and Mira waited there."
            ])
    }

    @Test("are written as SRT")
    func srt() {
        let cues = [
            Subtitles.Cue(lineID: LineID(ordinal: 1), startMS: 1200, endMS: 3_661_005, text: "One\ntwo"),
            Subtitles.Cue(lineID: LineID(ordinal: 2), startMS: 3_661_100, endMS: 3_662_000, text: "three"),
        ]
        #expect(
            Subtitles.srt(cues)
                == "1\n00:00:01,200 --> 01:01:01,005\nOne\ntwo\n\n2\n01:01:01,100 --> 01:01:02,000\nthree\n")
    }
}

@Suite("The checks themselves")
struct CheckTests {
    @Test("find what is broken on purpose")
    func bite() throws {
        var desk = try Desk.example("lighthouse.md")
        desk.plan.lines[4].text = "Something else."
        desk.plan.scenes[0].shots.swapAt(1, 2)
        desk.plan.scenes[2].shots[2].draft.cast.reverse()
        desk.plan.scenes[2].shots[2].draft.cast[0].x = 0.1
        desk.plan.scenes[4].shots[3].draft.cast.removeFirst()
        let faults = try Invariants(desk: desk).all().joined(separator: "\n")
        for kind in ["letters differ", "stands at", "changed sides", "off screen"] {
            #expect(faults.contains(kind), "\(kind): \(faults)")
        }
    }
}
