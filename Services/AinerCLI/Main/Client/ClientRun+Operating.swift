// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import HTTP
import Wire

extension ClientRun {
    func why(_ run: RunID, _ line: Line) async throws {
        let document = try await line.get("/api/v1/runs/\(run)/explain")
        try tell(document) { OperatorSheet.lines(try JSON.decode(Diagnosis.self, from: document)) }
    }

    func jobs(of run: RunID, _ line: Line) async throws {
        let document = try await line.get("/api/v1/runs/\(run)/graph")
        let notes = isJSON ? [:] : try await notes(at: run, line)
        try tell(document) { OperatorSheet.table(try JSON.decode(RunGraph.self, from: document), notes: notes) }
    }

    /// What workers noted last.
    private func notes(at run: RunID, _ line: Line) async throws -> [JobID: String] {
        let document = try await line.get("/api/v1/runs/\(run)/jobs")
        let jobs = try JSON.decode(Items<NotedJob>.self, from: document).items
        return Dictionary(jobs.compactMap { job in job.line.map { (job.jobID, $0) } }) { first, _ in first }
    }

    private struct NotedJob: Decodable {
        let jobID: JobID
        let line: String?

        enum CodingKeys: String, CodingKey {
            case jobID = "job_id"
            case line
        }
    }

    func operate(_ wish: OperatorWish, _ line: Line) async throws {
        switch wish {
        case .status:
            let document = try await line.get("/api/v1/ops/status")
            try tell(document) { OperatorSheet.lines(try JSON.decode(FarmStatus.self, from: document)) }
        case .workers:
            let document = try await line.get("/api/v1/ops/workers")
            try tell(document) { OperatorSheet.table(try JSON.decode(Items<NodeView>.self, from: document).items) }
        case .node(let verb, let node, let reason):
            let place = "/api/v1/ops/workers/\(node)/\(verb.rawValue)"
            let answer = try await line.post(place, .object(reason.map { ["reason": .string($0)] } ?? [:]))
            try tell(answer.body) { OperatorSheet.table([try JSON.decode(NodeView.self, from: answer.body)]) }
        case .queues:
            let document = try await line.get("/api/v1/ops/queues")
            try tell(document) { OperatorSheet.table(try JSON.decode(Items<PoolView>.self, from: document).items) }
        case .rebuild(let isPlan):
            let place = "/api/v1/ops/queues/rebuild" + (isPlan ? "?dry_run=true" : "")
            let answer = try await line.post(place, .object([:]))
            try tell(answer.body) { OperatorSheet.lines(try JSON.decode(Rebuild.self, from: answer.body)) }
        case .dead(let filter):
            let document = try await line.get("/api/v1/ops/dead-letters?" + Self.query(filter))
            try tell(document) { OperatorSheet.lines(try JSON.decode(DeadPage.self, from: document)) }
        case .deadOne(let event):
            let document = try await line.get("/api/v1/ops/dead-letters/\(event)")
            try tell(document) { OperatorSheet.lines(try JSON.decode(Items<DeadLetter>.self, from: document).items) }
        case .decide(let verb, let filter, let reason, let isPlan):
            let place = "/api/v1/ops/dead-letters/\(verb.rawValue)" + (isPlan ? "?dry_run=true" : "")
            let answer = try await line.post(place, try Self.body(filter, reason))
            try tell(answer.body) {
                OperatorSheet.lines(try JSON.decode(DeadDecision.self, from: answer.body), verb)
            }
        }
    }

    private struct Items<Item: Decodable>: Decodable { let items: [Item] }

    private static func query(_ filter: DeadFilter) -> String {
        var query = URLQuery()
        query.add("limit", "200")
        if let queue = filter.queue { query.add("queue", queue) }
        if let type = filter.eventType { query.add("event_type", type) }
        if let code = filter.errorCode { query.add("error_code", code.rawValue) }
        if let run = filter.runID { query.add("run_id", run.rawValue) }
        if let state = filter.state { query.add("state", state.rawValue) }
        return query.text
    }

    private static func body(_ filter: DeadFilter, _ reason: String?) throws -> JSONValue {
        guard case .object(var members) = try JSON.value(filter) else { return .object([:]) }
        members["state"] = nil
        members["reason"] = reason.map(JSONValue.string)
        return .object(members)
    }
}
