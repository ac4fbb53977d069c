// AinerBench · wiring · sees Contracts, Opening
import Contracts
import Foundation
import Opening

/// What a run costs a farm that has made many: the same runs when a thousand are stored and when a hundred thousand are.
enum HistoryBench {
    private static let (few, many) = (1000, 100_000)
    private static let runs = 60

    @Sendable static func run(_: Double) async throws -> [Figure] {
        let servers = try await (BenchServer.start("rabbit"), BenchServer.start("postgres16"))
        var places = Places(folder: "")
        places.broker = try servers.0.fact("url") + "%2F"
        places.database = try servers.1.fact("url")
        let floor = try await Floor.open(places, built: [.ingestStory, .planSceneShots, .renderVideo], shots: 1)
        try await floor.finish(40)
        try await store(1...few, in: servers.1)
        let young = try await rate(floor)
        try await store(few + 1...many, in: servers.1)
        let old = try await rate(floor)
        await floor.close()
        try await servers.0.stop()
        try await servers.1.stop()
        return [
            Figure(name: "history.young", value: young, unit: "runs/s with \(few) runs stored"),
            Figure(
                name: "history.old", value: old, unit: "runs/s with \(many) runs stored",
                versus: "the same with \(few)", ratio: old / young),
        ]
    }

    /// The middle of five.
    private static func rate(_ floor: Floor) async throws -> Double {
        var rates: [Double] = []
        for _ in 0..<5 {
            let began = ContinuousClock.now
            try await floor.finish(runs)
            rates.append(Double(runs) / ((ContinuousClock.now - began) / .seconds(1)))
        }
        return rates.sorted()[2]
    }

    /// Copies a run that is over, with its jobs, its leases and everything that was said and seen of it. The copies have names of
    /// their own, of the same week.
    private static func store(_ numbers: ClosedRange<Int>, in server: BenchServer) async throws {
        let psql = try server.fact("programs") + "/psql"
        let range = "generate_series(\(numbers.lowerBound), \(numbers.upperBound)) AS n"
        let script = tables.map { table in
            let columns = table.columns.joined(separator: ", ")
            let values = table.columns.map { table.named[$0] ?? $0 }.joined(separator: ", ")
            return "INSERT INTO \(table.name) (\(columns)) SELECT \(values) FROM \(table.name) AS t, \(range)"
                + " WHERE \(table.model);"
        }
        let check = "SELECT 1 / (count(*) / \(numbers.upperBound))::int FROM orchestrator.runs;"
        let model = "SELECT min(id) AS run FROM orchestrator.runs WHERE status = 'succeeded' \\gset"
        let words = ["-q", "-v", "ON_ERROR_STOP=1", "-d", try server.fact("url")]
        let file = NSTemporaryDirectory() + "ainer-bench-\(UUID().uuidString).sql"
        defer { try? FileManager.default.removeItem(atPath: file) }  // the system clears it too
        let text = ([model] + script + [check, "VACUUM ANALYZE;"]).joined(separator: "\n")
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        _ = try await BenchServer.run(psql, words + ["-f", file])
    }

    private struct Table {
        let name: String
        let columns: [String]
        /// What the copy has of its own.
        let named: [String: String]
        /// Which rows are copied.
        let model: String
    }

    private static let run = "'run_0' || lpad(n::text, 25, '0')"
    /// The row's own name with a number at its end: it stays in its week, and no two are alike.
    private static func name(_ column: String) -> String {
        "substr(\(column), 1, 14) || lpad(n::text, 9, '0') || substr(\(column), 24)"
    }

    /// Not a copy itself.
    private static func isFirst(_ column: String) -> String { "substr(\(column), 15, 9) !~ '^[0-9]{9}$'" }

    private static let tables =
        [
            Table(
                name: "orchestrator.runs",
                columns: [
                    "id", "status", "stage", "version", "snapshot", "failure", "created_at", "updated_at", "is_held",
                    "deadline_at", "due_at",
                ], named: ["id": run], model: "id = :'run'"),
            Table(
                name: "orchestrator.jobs", columns: ["id", "run_id", "status", "due_at", "body", "updated_at"],
                named: ["id": name("id"), "run_id": run], model: "run_id = :'run'"),
            Table(
                name: "hub.leases",
                columns: [
                    "job_id", "run_id", "pool", "tenant", "rank", "state", "token", "node", "held_until", "losses",
                    "since",
                    "job_order", "trail", "updated_at",
                ], named: ["job_id": name("job_id"), "run_id": run], model: "run_id = :'run'"),
        ]
        + ["orchestrator", "hub"].flatMap { owner in
            [
                Table(
                    name: "\(owner).events", columns: ["id", "type", "address", "said_at", "body", "published_at"],
                    named: ["id": name("id")],
                    model: isFirst("id") + " AND convert_from(body, 'UTF8')::json ->> 'run_id' = :'run'"),
                Table(
                    name: "\(owner).inbox", columns: ["consumer", "event_id", "seen_at"],
                    named: ["event_id": name("event_id")],
                    // As many as a run has: which ones does not matter.
                    model: "event_id IN (SELECT event_id FROM \(owner).inbox WHERE \(isFirst("event_id")) LIMIT 9)"),
            ]
        }
}
