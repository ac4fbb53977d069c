// OrchestratorTests · tests · sees Contracts, Kit, OrchestratorAdapters, OrchestratorCore, WorkerHubAdapters, WorkerHubCore
import Contracts
import Kit
import OrchestratorAdapters
import OrchestratorCore
import Testing
import WorkerHubAdapters
import WorkerHubCore

/// From the word of the gateway to the hands of the worker, over a real bus and real files.
@Suite("A run at work", .timeLimit(.minutes(2)))
struct ObedienceTests {
    private func engine(_ pool: Pool, of works: Works) throws -> ScriptedEngine { try #require(works.engines[pool]) }

    @Test("is canceled: its worker stops at once, and takes other work")
    func cancel() async throws {
        let works = try await Works()
        let llm = try engine(.llm, of: works)
        let run = try await works.submit()
        let job = try #require(await llm.begins()).jobID
        // The hub must know who holds the job before it can tell them anything.
        let isHeld = try await eventually {
            if case .held? = try await works.leases.lease(of: job)?.hold { true } else { false }
        }
        #expect(isHeld)
        try await works.say(.taskCancelRequested, RunCommand(runID: run, by: "user_1"), of: run)
        #expect(await llm.stops() == job)
        #expect(try await works.becomes(.canceled, run))
        #expect(try await works.leases.lease(of: job)?.hold == .canceled)
        let other = try await works.submit()
        #expect(await llm.begins()?.runID == other)
        await works.close()
    }

    @Test("is canceled while its ticket lies in the queue: nobody works on it for long")
    func cancelTicket() async throws {
        let works = try await Works()
        let llm = try engine(.llm, of: works)
        let first = try await works.submit()
        let busy = try #require(await llm.begins()).jobID
        let second = try await works.submit()
        #expect(try await works.becomes(.running, second))
        try await works.say(.taskCancelRequested, RunCommand(runID: second), of: second)
        #expect(try await works.becomes(.canceled, second))
        let ticket = try #require(try await works.runs.run(second)?.jobs.first).jobID
        let isOver = try await eventually { try await works.leases.lease(of: ticket)?.hold == .canceled }
        #expect(isOver)
        llm.finish(busy)
        // The worker takes the ticket, is told no, and is free for the next.
        let third = try await works.submit()
        var next = await llm.begins()
        if next?.runID == second { next = await llm.begins() }
        #expect(next?.runID == third)
        #expect(try await works.runs.run(first)?.jobs.first?.status == .succeeded)
        await works.close()
    }

    @Test("is paused and resumed: what is under way is kept, the next begins only then")
    func pause() async throws {
        let works = try await Works()
        let (llm, cut) = (try engine(.llm, of: works), try engine(.compose, of: works))
        let run = try await works.submit()
        let job = try #require(await llm.begins()).jobID
        try await works.say(.runPauseRequested, RunCommand(runID: run, reason: "lunch"), of: run)
        #expect(try await works.becomes(.paused, run))
        llm.finish(job)
        let isKept = try await eventually { try await works.runs.run(run)?.jobs.first?.status == .succeeded }
        #expect(isKept)
        #expect(try await works.runs.run(run)?.jobs.last?.status == .queued)
        try await works.say(.runResumeRequested, RunCommand(runID: run), of: run)
        let last = try #require(await cut.begins()).jobID
        cut.finish(last)
        #expect(try await works.becomes(.succeeded, run))
        await works.close()
    }

    @Test("begins when its time comes and not before")
    func startAfter() async throws {
        let works = try await Works()
        let llm = try engine(.llm, of: works)
        let start = works.now() + .milliseconds(300)
        let run = try await works.submit { $0.startAfter = start }
        #expect(await llm.begins()?.runID == run)
        #expect(works.now() >= start)
        await works.close()
    }

    @Test("fails when its time is over, its worker is stopped, and a retry does it again in another job")
    func deadline() async throws {
        let works = try await Works()
        let llm = try engine(.llm, of: works)
        let run = try await works.submit { $0.deadlineMS = 5000 }
        let job = try #require(await llm.begins()).jobID
        #expect(await llm.stops() == job)
        #expect(try await works.becomes(.failed, run))
        #expect(try await works.runs.run(run)?.failure?.errorCode == .orchestrationTimeout)
        try await works.say(.runRetryRequested, RunCommand(runID: run), of: run)
        let again = try #require(await llm.begins())
        #expect(again.runID == run && again.jobID != job)
        await works.close()
    }

    @Test("asks at its gate, goes on by its default, and is made anew from a stage with its question put again")
    func gates() async throws {
        let works = try await Works()
        let (llm, cut) = (try engine(.llm, of: works), try engine(.compose, of: works))
        let run = try await works.submit {
            $0.gates = [GateWish(gate: "text", after: .ingest, timeoutMS: 200, defaultDecision: .approve)]
        }
        llm.finish(try #require(await llm.begins()).jobID)
        cut.finish(try #require(await cut.begins()).jobID)
        #expect(try await works.becomes(.succeeded, run))
        #expect(try await works.runs.run(run)?.gates.map(\.status) == [.expired])
        try await works.say(.runRerunRequested, RunCommand(runID: run, by: "user_1", fromStage: .compose), of: run)
        cut.finish(try #require(await cut.begins()).jobID)
        #expect(try await works.becomes(.succeeded, run))
        try await works.say(.runRerunRequested, RunCommand(runID: run, fromStage: .ingest), of: run)
        llm.finish(try #require(await llm.begins()).jobID)
        #expect(try await works.becomes(.paused, run))
        try await works.say(.reviewResolved, ReviewResolved(runID: run, gate: "text", decision: .reject), of: run)
        #expect(try await works.becomes(.failed, run))
        let state = try #require(try await works.runs.run(run))
        #expect(state.gates.map(\.status) == [.withdrawn, .rejected])
        #expect(state.retired.count == 3 && state.jobs.count == 2)
        await works.close()
    }
}
