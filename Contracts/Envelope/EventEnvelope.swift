// Contracts · pure · sees nothing

/// The one wrapper of everything that is said between services.
package struct EventEnvelope: Hashable, Sendable {
    package var eventID: EventID
    package var eventType: EventType
    /// `major.minor` of the payload.
    package var eventVersion = "1.0"
    /// `major.minor` of the envelope.
    package var schemaVersion = "1.0"
    package var occurredAt: Timestamp
    package var producer: Module
    package var tenantID: TenantID
    package var projectID: ProjectID
    package var runID: RunID?
    package var jobID: JobID?
    package var traceID: TraceID
    package var correlationID: CorrelationID
    package var idempotencyKey: IdempotencyKey
    package var payload: Payload

    /// The event or command it follows from.
    package var causationID: String?
    package var userID: String?
    /// Every Genesis event has it.
    package var aggregate: Aggregate?
    /// Every event of an assistant has it.
    package var conversation: Conversation?
    /// Every event of a unit has it.
    package var hostID: String?
    /// Every failure has it.
    package var failure: FailureMark?
    /// Overrides of what the catalogue says.
    package var visibility: Visibility?
    package var persistence: Persistence?
    /// Set by whoever hands on what somebody else said.
    package var forwardedBy: Module?
    package var replayCount: Int?
    package var metadata: [String: JSONValue]?
    /// Fields of a newer writer: kept, and written again.
    package var extras: [String: JSONValue] = [:]

    /// Something new to say. Unless a key is given, it follows from the cause's, the type and the job, and from what
    /// tells this event from others like it: its own name, or what the same fact told again would say in `distinct`.
    package init(
        eventID: EventID, type: EventType, at occurredAt: Timestamp, from producer: Module, trail: Trail,
        jobID: JobID? = nil, payload: Payload, distinct: String? = nil, under key: IdempotencyKey? = nil
    ) {
        self.eventID = eventID
        self.eventType = type
        self.occurredAt = occurredAt
        self.producer = producer
        self.tenantID = trail.tenantID
        self.projectID = trail.projectID
        self.runID = trail.runID
        self.jobID = jobID
        self.traceID = trail.traceID
        self.correlationID = trail.correlationID
        self.idempotencyKey = key ?? trail.key(of: type, jobID, distinct ?? eventID.rawValue)
        self.payload = payload
    }

    /// What an answer to this envelope carries on.
    package var trail: Trail {
        Trail(
            tenantID: tenantID, projectID: projectID, runID: runID, traceID: traceID, correlationID: correlationID,
            idempotencyKey: idempotencyKey)
    }
}

/// The thing whose history a Genesis event belongs to.
package struct Aggregate: Hashable, Sendable {
    package var type: String
    package var id: String
    /// Of the aggregate after this event: 1, 2, 3 without gaps.
    package var version: Int64

    package init(type: String, id: String, version: Int64) {
        self.type = type
        self.id = id
        self.version = version
    }
}

/// Where in which conversation an assistant's event belongs.
package struct Conversation: Hashable, Sendable {
    package var id: String
    package var messageID: String?
    package var sequence: Int64

    package init(id: String, messageID: String? = nil, sequence: Int64) {
        self.id = id
        self.messageID = messageID
        self.sequence = sequence
    }
}

/// What a failure says of itself on the outside.
package struct FailureMark: Hashable, Sendable {
    /// As it was written: another version may know codes we do not.
    package var errorCode: String
    package var retryable: Bool

    package init(errorCode: String, retryable: Bool) {
        self.errorCode = errorCode
        self.retryable = retryable
    }

    package init(_ failure: FailureReport) {
        self.init(errorCode: failure.errorCode.rawValue, retryable: failure.retryable)
    }
}
