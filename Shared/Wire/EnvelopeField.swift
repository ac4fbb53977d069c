// Wire · bytes · sees Contracts

/// The fields of an envelope, in the order they are written: that of their names.
enum EnvelopeField: Int, CaseIterable {
    case aggregateID
    case aggregateType
    case aggregateVersion
    case catalog
    case causationID
    case conversationID
    case correlationID
    case errorCode
    case eventID
    case eventType
    case eventVersion
    case forwardedBy
    case hostID
    case idempotencyKey
    case jobID
    case messageID
    case metadata
    case occurredAt
    case payload
    case persistence
    case producer
    case projectID
    case replayCount
    case retryable
    case runID
    case schemaVersion
    case sequence
    case tenantID
    case traceID
    case userID
    case visibility

    private static let names = [
        "aggregate_id", "aggregate_type", "aggregate_version", "catalog", "causation_id", "conversation_id",
        "correlation_id", "error_code", "event_id", "event_type", "event_version", "forwarded_by", "host_id",
        "idempotency_key", "job_id", "message_id", "metadata", "occurred_at", "payload", "persistence", "producer",
        "project_id", "replay_count", "retryable", "run_id", "schema_version", "sequence", "tenant_id", "trace_id",
        "user_id", "visibility",
    ]

    static let table = KeyTable(allCases.map { (key: $0.name, meaning: $0) })
    var name: String { Self.names[rawValue] }
    var path: String { "$." + name }
}
