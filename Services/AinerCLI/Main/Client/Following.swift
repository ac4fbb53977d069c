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

    /// How far it has come.
    private struct Course {
        var last: String?
        /// Before the first answer nobody has been there to come back.
        var isBegun = false
        var gone: ContinuousClock.Instant?
        var pause = Duration.milliseconds(200)
    }

    /// Ends with the run as it is then.
    func follow(_ hear: (EventEnvelope, [UInt8]) throws -> Void) async throws -> RunSheet {
        var course = Course()
        while true {
            let before = course.last
            do {
                try await listen(&course, hear)
                let sheet: RunSheet = try await line.get("/api/v1/runs/\(run)")
                if sheet.status.isFinal { return sheet }
                course.gone = nil
            } catch let failure where Self.isCut(failure) && course.isBegun {
                let since = course.gone ?? .now
                guard ContinuousClock.now - since < patience else { throw failure }
                course.gone = since
            }
            if course.last != before { (course.gone, course.pause) = (nil, .milliseconds(200)) }
            try await Task.sleep(for: course.pause)
            course.pause = min(course.pause * 2, .seconds(5))
        }
    }

    /// As long as the server tells.
    private func listen(_ course: inout Course, _ hear: (EventEnvelope, [UInt8]) throws -> Void) async throws {
        var fields: HTTPFields = ["Accept": "text/event-stream"]
        if let last = course.last { fields["Last-Event-ID"] = last }
        let answer = try await line.open("/api/v1/runs/\(run)/events", fields)
        course.isBegun = true
        guard answer.status == 200 else { return }
        var reader = EventStreamReader()
        for try await piece in answer.body {
            for event in try reader.read(piece) {
                let body = Array(event.data.utf8)
                if let envelope = try EnvelopeReader.read(body) { try hear(envelope, body) }
                course.last = event.id ?? course.last
            }
        }
    }

    /// A server that is gone may come back, at another port too.
    private static func isCut(_ error: any Error) -> Bool {
        switch error {
        case let failure as HTTPClientFailure: failure.isTransient
        case let stop as Stop: stop.status == ExitCode.unreachable
        case let refusal as Refusal: refusal.exit == ExitCode.unreachable
        default: false
        }
    }
}
