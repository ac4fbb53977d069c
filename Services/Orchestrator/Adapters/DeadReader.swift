// OrchestratorAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, OrchestratorCore, OrchestratorShell
package import Contracts
package import OrchestratorShell
package import Ports
import Wire

/// Makes a record of a letter from the queue of the dead, whatever it is: it may be no envelope at all.
package enum DeadReader {
    package static func read(_ delivery: Delivery, _ now: Timestamp) -> Corpse {
        let body = delivery.letter.body
        let death = delivery.letter.death
        var letter = DeadLetter(
            name(of: delivery.letter),
            DeathNotice(
                queue: death?.queue.text ?? QueueName.unrouted.text,
                reason: death?.reason ?? "the broker gave it up", deliveries: death?.deliveries ?? delivery.count,
                code: isEnvelope(body) ? .dependencyDown : .answerMalformed),
            at: now)
        let fields = (try? JSON.value(of: body)) ?? .null  // what is no JSON says nothing of itself
        letter.eventType = word("event_type", in: fields) ?? letter.eventType
        letter.producer = word("producer", in: fields)
        letter.tenantID = word("tenant_id", in: fields)
        letter.projectID = word("project_id", in: fields)
        letter.traceID = word("trace_id", in: fields)
        letter.runID = word("run_id", in: fields).flatMap(RunID.init(rawValue:))
        letter.jobID = word("job_id", in: fields).flatMap(JobID.init(rawValue:))
        return Corpse(letter, body: body)
    }

    /// What somebody else put into the queue may have no name, or a strange one; the same bytes get the same one.
    private static func name(of letter: Letter) -> EventID {
        EventID(rawValue: letter.id.rawValue) ?? EventID(trusted: "evt_\(SHA256.hex(of: letter.body).prefix(26))")
    }

    /// Only what a table and a page can bear.
    private static func word(_ key: String, in fields: JSONValue) -> String? {
        guard case .string(let text)? = fields[key], (1...128).contains(text.utf8.count) else { return nil }
        return text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } ? text : nil
    }

    private static func isEnvelope(_ body: [UInt8]) -> Bool {
        do {
            _ = try EnvelopeReader.read(body)
            return true
        } catch {
            return false  // the reason stands in the letter's headers
        }
    }
}
