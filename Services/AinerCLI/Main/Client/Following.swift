// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation
import HTTP
import HTTPClientDriver
import Wire

/// Hears what happens to a run until it is over, however often the line is cut: the number of the last event it has
/// heard is where it goes on.
struct Following: Sendable {
    let line: Line
    let run: RunID
    /// How long a server may be gone before it is given up.
    var patience = Duration.seconds(120)

    /// Ends with the run as it is then.
    func follow(_ hear: (EventEnvelope, [UInt8]) throws -> Void) async throws -> RunSheet {
        var last: String?
        var gone: ContinuousClock.Instant?
        var pause = Duration.milliseconds(200)
        while true {
            let before = last
            do {
                if try await listen(&last, hear) {
                    let sheet: RunSheet = try await line.get("/api/v1/runs/\(run)")
                    if sheet.status.isFinal { return sheet }
                }
            } catch let failure where Self.isCut(failure) {
                let since = gone ?? .now
                guard ContinuousClock.now - since < patience else { throw failure }
                gone = since
            }
            if last != before { (gone, pause) = (nil, .milliseconds(200)) }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(5))
        }
    }

    /// Whether the server has nothing more to tell.
    private func listen(
        _ last: inout String?, _ hear: (EventEnvelope, [UInt8]) throws -> Void
    ) async throws -> Bool {
        var fields: HTTPFields = ["Accept": "text/event-stream"]
        if let last { fields["Last-Event-ID"] = last }
        let answer = try await line.open("/api/v1/runs/\(run)/events", fields)
        guard answer.status == 200 else { return true }
        var reader = EventStreamReader()
        for try await piece in answer.body {
            for event in try reader.read(piece) {
                let body = Array(event.data.utf8)
                if let envelope = try EnvelopeReader.read(body) { try hear(envelope, body) }
                last = event.id ?? last
            }
        }
        return true
    }

    /// A server that is gone may come back, at another port too. Whoever asked for the run itself is told at once.
    private static func isCut(_ error: any Error) -> Bool {
        switch error {
        case let failure as HTTPClientFailure: failure.isTransient
        case let stop as Stop: stop.status == ExitCode.unreachable
        case let refusal as Refusal: refusal.exit == ExitCode.unreachable
        default: false
        }
    }
}
