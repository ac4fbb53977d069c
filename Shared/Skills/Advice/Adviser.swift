// Advice · shell · sees Contracts, Ports, Wire, Entities
package import Contracts
import Entities
package import Ports
import Wire

/// Asks a model about a story. What it says is checked against the story's own words; what does not stand there is dropped,
/// and whatever goes wrong leaves the rules as they are, with the reason.
package struct Adviser: Sendable {
    /// What came of asking.
    package struct Outcome: Sendable {
        package var advice: StoryAdvice?
        package var calls: [ModelCall] = []
        /// For the client: what was not done as asked, and why.
        package var notes: [String] = []
    }

    private let model: any TextModel
    private let clock: any WallClock

    package init(_ model: any TextModel, clock: any WallClock) {
        self.model = model
        self.clock = clock
    }

    /// One question a stretch of the story, each told who was found before. A stretch without an answer is left to the rules,
    /// and so is all that would take longer than the asker can wait.
    package func advise(on story: Story, within patience: Duration? = nil) async throws -> Outcome {
        let end = patience.map { clock.now() + $0 }
        var outcome = Outcome()
        let candidates = try ExtractEntities.run(.init(story: story)).people
        var advice = StoryAdvice(model: model.name)
        let vetting = Vetting(story)
        var answered = 0
        let stretches = StoryQuestion.stretches(of: story)
        for stretch in stretches {
            let question = StoryQuestion(
                story, stretch, candidates: candidates.map(\.name), known: advice.figures.map(\.name))
            do throws(TextFailure) {
                let reply = try await ask(question, until: end, &outcome.calls)
                vetting.take(reply, of: stretch, into: &advice)
                answered += 1
            } catch {
                if error.code == .canceled { throw CancellationError() }
                outcome.notes.append("llm_unavailable: \(error); the rules read this part of the story")
                // Who is not there now is not there for the next stretch: nobody waits for every one of them.
                if error.code != .broken && error.code != .cutShort { break }
            }
        }
        guard answered > 0 else { return outcome }
        outcome.advice = advice
        return outcome
    }

    private func left(until end: Timestamp?) throws(TextFailure) -> Duration? {
        guard let end else { return nil }
        let left = end.microseconds - clock.now().microseconds
        guard left > 0 else {
            throw TextFailure(.stalled, at: model.provider, "\(model.name) took too long", tries: 0)
        }
        return .microseconds(left)
    }

    /// Asks, and once more when the answer has another shape than it was asked for.
    private func ask(
        _ question: StoryQuestion, until end: Timestamp?, _ calls: inout [ModelCall]
    ) async throws(TextFailure) -> StoryReply {
        var turns = question.turns
        var faults = ""
        for _ in 0..<2 {
            let answer = try await ask(turns, within: try left(until: end), &calls)
            switch StoryReply.read(answer.text) {
            case .success(let reply): return reply
            case .failure(let misshapen):
                faults = misshapen.faults
                calls[calls.count - 1].outcome = .misshapen
                calls[calls.count - 1].error = faults
                let complaint = "That is not the JSON I asked for: \(faults). Answer again, with the whole of it."
                turns = question.turns
                turns += [TextTurn(.assistant, answer.text), TextTurn(.user, complaint)]
            }
        }
        throw TextFailure(
            .broken, at: model.provider, "\(model.name) did not answer in shape when asked twice: \(faults)",
            tries: 2)
    }

    private func ask(
        _ turns: [TextTurn], within patience: Duration?, _ calls: inout [ModelCall]
    ) async throws(TextFailure) -> TextAnswer {
        let question = TextQuestion(
            turns, schema: StoryReply.schema, named: "story_reading", seed: 7, patience: patience)
        var call = ModelCall(
            purpose: "story_reading", provider: model.provider, model: model.name, seed: question.seed,
            longestAnswer: question.longestAnswer,
            prompt: turns.map { "[\($0.role.rawValue)]\n\($0.text)" }.joined(separator: "\n"))
        let began = clock.now()
        do throws(TextFailure) {
            let answer = try await model.complete(question)
            call.latencyMS = Int((clock.now().microseconds - began.microseconds) / 1000)
            call.answer = answer.text
            (call.promptTokens, call.answerTokens) = (answer.promptTokens, answer.answerTokens)
            (call.tries, call.outcome) = (answer.tries, .taken)
            calls.append(call)
            return answer
        } catch {
            call.latencyMS = Int((clock.now().microseconds - began.microseconds) / 1000)
            (call.tries, call.error) = (error.tries, error.description)
            calls.append(call)
            throw error
        }
    }
}
