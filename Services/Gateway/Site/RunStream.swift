// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Ports
import Web
import Wire

/// What happens to a run, as it happens or a page at a time.
struct RunStream: Sendable {
    let runs: RunDesk
    let clock: any WallClock

    private static let after = Parameter.query(
        "after", 0...9_007_199_254_740_991, usually: 0, "only events behind this number")

    var all: [Route] {
        [
            Route.get("/api/v1/runs/{run_id}/events", "followRun", "Tells what happens to a run").tagged("runs")
                .described(
                    "Every event has a number, which is its `id`: a client that was cut off says it as `Last-Event-ID` and "
                        + "misses nothing. The stream ends when the run is over; asked again behind the last event, the "
                        + "answer is 204, and a browser stops asking."
                )
                .needs("runs:read").takes(Words.run, Parameter.lastEventID, Self.after, Words.limit)
                .answers(
                    .events(
                        "its events from the first on, then as they happen",
                        example: StreamEvent("{\"run_id\":\"run_01\"}", name: AinerEvent.runCreated.rawValue, id: "1")),
                    .json(200, Page<JSONValue>.shape(of: Self.eventShape), "a page of events"),
                    .empty(204, "the run is over and you have seen all of it"), .notThere
                )
                .replies(follow)
        ]
    }

    private static let eventShape = Shape(
        "RunEvent",
        [
            .must("number", .count, "its place among the events of the run"), .must("event_type", .text(atMost: 128)),
            .must("event", .anyObject, "the whole envelope"),
        ])

    private func follow(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let caller = try context.caller()
        let run = try await runs.run(input[Words.run], for: caller)
        let number = try Self.place(input)
        let isPage = Accept(input.head.fields.values(of: "Accept")).best(of: [.events, .json]) == .json
        if isPage { return try await page(run, after: number, limit: input[Words.limit], input) }
        if run.status.isFinal, try await runs.events(of: run.runID, after: number, limit: 1).isEmpty { return .none }
        return .events(clock: clock) { sender in
            try await runs.follow(run.runID, after: number) { events in
                for event in events {
                    try await sender.send(StreamEvent(event.body, name: event.type, id: "\(event.number)"))
                }
            }
        }
    }

    /// `Last-Event-ID` is what a browser says by itself, so it counts more than what stands in the address.
    private static func place(_ input: Input) throws -> Int {
        guard let said = try input[Parameter.lastEventID] else { return try input[after] }
        guard let number = Int(said), number >= 0 else {
            throw Problem(
                .requestValidation, "the request cannot be used as it is",
                faults: [.init(.parameter("Last-Event-ID", in: .header), "it is a number that we gave")])
        }
        return number
    }

    private func page(_ run: RunView, after number: Int, limit: Int, _ input: Input) async throws -> HTTPResponse {
        let events = try await runs.events(of: run.runID, after: number, limit: limit)
        let items = try events.map { event in
            JSONValue.object([
                "number": .integer(Int64(event.number)), "event_type": .string(event.type),
                "event": try JSON.value(of: Array(event.body.utf8)),
            ])
        }
        return .json(200, bytes: JSON.text(of: .object(["items": .array(items)])))
    }
}
