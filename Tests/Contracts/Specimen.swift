// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Wire

/// Envelopes to test with: one of every type, all of them good.
enum Specimen {
    static let trail = Trail(
        tenantID: .local, projectID: .local, runID: RunID(trusted: "run_01JDK5Z8Y3W9QF7V2N4T6R8PXA"),
        traceID: TraceID(trusted: "4bf92f3577b34da6a3ce929d0e0e4736"),
        correlationID: CorrelationID(trusted: "cr_1"), idempotencyKey: IdempotencyKey(trusted: "idem_1"))

    static func envelope(_ entry: EventEntry, onlyRequired: Bool = false) -> EventEnvelope {
        var envelope = EventEnvelope(
            eventID: EventID(trusted: "evt_01JDK5Z8Y3W9QF7V2N4T6R8PXB"), type: entry.type,
            at: Timestamp(microseconds: 1_772_107_200_000_000), from: entry.producers[0], trail: trail,
            payload: payload(entry, onlyRequired: onlyRequired))
        if entry.isFailure { envelope.failure = FailureMark(errorCode: "WORKER-EXEC-002", retryable: true) }
        switch entry.catalogue {
        case .ainer: break
        case .genesis: envelope.aggregate = Aggregate(type: "GenesisSession", id: "5f0c…", version: 3)
        case .agent: envelope.conversation = Conversation(id: "conv_1", messageID: "msg_1", sequence: 7)
        case .unit: envelope.hostID = "host-1"
        }
        return envelope
    }

    static func envelope(_ type: EventType) throws -> EventEnvelope {
        guard let entry = Registry.standard[type] else { throw Lost(name: type.name) }
        return envelope(entry)
    }

    static func payload(_ entry: EventEntry, onlyRequired: Bool = false) -> Payload {
        switch entry.schema {
        case .typed(let shape): JSON.payload(shape.example(onlyRequired: onlyRequired))
        case .draft: JSON.payload(.object(["note": .string("not described yet")]))
        }
    }

    /// The bytes of an envelope with some of its text changed; a replacement that finds nothing is a broken test.
    static func spoiled(_ type: EventType, _ wrong: String, _ right: String) throws -> [UInt8] {
        let text = String(decoding: EnvelopeWriter.write(try envelope(type)), as: UTF8.self)
        guard let first = text.firstRange(of: wrong) else { throw Lost(name: wrong) }
        return Array(text.replacingCharacters(in: first, by: right).utf8)
    }

    struct Lost: Error { let name: String }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, by other: String) -> String {
        String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
