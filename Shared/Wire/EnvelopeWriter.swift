// Wire · bytes · sees Contracts
package import Contracts

/// An envelope into bytes, the one way it is written: keys in order, no spaces, the payload's bytes as they are.
package enum EnvelopeWriter {
    package static func write(_ envelope: EventEnvelope) -> [UInt8] {
        var page = EnvelopePage(size: envelope.payload.bytes.count + 768, extras: envelope.extras)
        page.text(.aggregateID, envelope.aggregate?.id)
        page.text(.aggregateType, envelope.aggregate?.type)
        page.integer(.aggregateVersion, envelope.aggregate?.version)
        page.text(.catalog, envelope.eventType.catalogue.rawValue)
        page.text(.causationID, envelope.causationID)
        page.text(.conversationID, envelope.conversation?.id)
        page.text(.correlationID, envelope.correlationID.rawValue)
        page.text(.errorCode, envelope.failure?.errorCode)
        page.text(.eventID, envelope.eventID.rawValue)
        page.text(.eventType, envelope.eventType.name)
        page.text(.eventVersion, envelope.eventVersion)
        page.text(.forwardedBy, envelope.forwardedBy?.rawValue)
        page.text(.hostID, envelope.hostID)
        page.text(.idempotencyKey, envelope.idempotencyKey.rawValue)
        page.text(.jobID, envelope.jobID?.rawValue)
        page.text(.messageID, envelope.conversation?.messageID)
        page.object(.metadata, envelope.metadata)
        page.time(.occurredAt, envelope.occurredAt)
        page.json(.payload, envelope.payload.bytes)
        page.text(.persistence, envelope.persistence?.rawValue)
        page.text(.producer, envelope.producer.rawValue)
        page.text(.projectID, envelope.projectID.rawValue)
        page.integer(.replayCount, envelope.replayCount.map { Int64($0) })
        page.bool(.retryable, envelope.failure?.retryable)
        page.text(.runID, envelope.runID?.rawValue)
        page.text(.schemaVersion, envelope.schemaVersion)
        page.integer(.sequence, envelope.conversation?.sequence)
        page.text(.tenantID, envelope.tenantID.rawValue)
        page.text(.traceID, envelope.traceID.rawValue)
        page.text(.userID, envelope.userID)
        page.text(.visibility, envelope.visibility?.rawValue)
        return page.finished()
    }
}

/// The fields as they are written one after another; foreign ones come where their name belongs.
private struct EnvelopePage {
    private var writer: JSONWriter
    private var extras: ArraySlice<(key: String, value: JSONValue)>
    private var isFirst = true

    init(size: Int, extras: [String: JSONValue]) {
        writer = JSONWriter(reserving: size)
        self.extras = extras.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }[...]
        writer.raw("{")
    }

    mutating func text(_ field: EnvelopeField, _ value: String?) {
        guard let value else { return }
        key(field)
        writer.string(value)
    }

    mutating func integer(_ field: EnvelopeField, _ value: Int64?) {
        guard let value else { return }
        key(field)
        writer.integer(value)
    }

    mutating func bool(_ field: EnvelopeField, _ value: Bool?) {
        guard let value else { return }
        key(field)
        writer.bool(value)
    }

    mutating func object(_ field: EnvelopeField, _ value: [String: JSONValue]?) {
        guard let value else { return }
        key(field)
        writer.value(.object(value))
    }

    mutating func json(_ field: EnvelopeField, _ value: [UInt8]) {
        key(field)
        writer.raw(value)
    }

    mutating func time(_ field: EnvelopeField, _ value: Timestamp) {
        key(field)
        writer.time(value)
    }

    mutating func finished() -> [UInt8] {
        for extra in extras { write(extra) }
        writer.raw("}")
        return writer.bytes
    }

    private mutating func key(_ field: EnvelopeField) {
        while let extra = extras.first, extra.key.utf8.lexicographicallyPrecedes(field.name.utf8) {
            write(extra)
            extras = extras.dropFirst()
        }
        comma()
        writer.string(field.name)
        writer.raw(":")
    }

    private mutating func write(_ extra: (key: String, value: JSONValue)) {
        comma()
        writer.string(extra.key)
        writer.raw(":")
        writer.value(extra.value)
    }

    private mutating func comma() {
        if !isFirst { writer.raw(",") }
        isFirst = false
    }
}
