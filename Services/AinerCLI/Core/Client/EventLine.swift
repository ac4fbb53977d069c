// AinerCLICore · pure · sees Contracts, Policies
package import Contracts

/// An event as one line for a person.
package enum EventLine {
    package static func text(_ envelope: EventEnvelope) -> String {
        let time = envelope.occurredAt.text.dropFirst(11).prefix(8)
        let run = envelope.runID.map { "\($0)" } ?? "-"
        return "\(time)  \(run)  \(envelope.eventType.name)" + (envelope.jobID.map { "  \($0)" } ?? "")
    }
}
