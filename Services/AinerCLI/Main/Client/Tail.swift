// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation
import Wire

/// Tells what happens to every run. The API has a stream for one run only, so this one looks which runs have changed, once a
/// second, and asks those for the events it has not told yet. What happened before it began is not told.
struct Tail: Sendable {
    let line: Line
    let tell: @Sendable (EventEnvelope, [UInt8]) -> Void

    private struct Changed: Decodable {
        let runID: RunID
        let updatedAt: String
        let isOver: Bool

        enum CodingKeys: String, CodingKey {
            case runID = "run_id"
            case updatedAt = "updated_at"
            case isOver = "terminal"
        }
    }

    private struct Told: Decodable {
        let number: Int
        let event: JSONValue
    }

    private struct Items<Item: Decodable>: Decodable { let items: [Item] }

    private struct Known {
        var updatedAt: String
        var number: Int
    }

    func run() async throws {
        var known: [RunID: Known] = [:]
        var isFirst = true
        while true {
            let runs: Items<Changed> = try await line.get("/api/v1/runs?limit=200")
            for run in runs.items where known[run.runID]?.updatedAt != run.updatedAt {
                let number = known[run.runID]?.number ?? 0
                // What is over when we come begins to count when it is taken up again.
                let last = isFirst && run.isOver ? 0 : try await events(of: run.runID, after: number, isTold: !isFirst)
                known[run.runID] = Known(updatedAt: run.updatedAt, number: last)
            }
            isFirst = false
            try await Task.sleep(for: .seconds(1))
        }
    }

    /// The number of the last one.
    private func events(of run: RunID, after number: Int, isTold: Bool) async throws -> Int {
        var last = number
        while true {
            let page: Items<Told> = try await line.get("/api/v1/runs/\(run)/events?after=\(last)&limit=200")
            for item in page.items {
                last = item.number
                let body = JSON.text(of: item.event)
                if isTold, let envelope = try EnvelopeReader.read(body) { tell(envelope, body) }
            }
            if page.items.count < 200 { return last }
        }
    }
}
