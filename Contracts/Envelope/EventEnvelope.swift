// Contracts · pure · sees nothing

/// The one wrapper of everything that is said between services.
package struct EventEnvelope: Codable, Hashable, Sendable {
    package var eventID: EventID
    package var eventType: EventType
    package var eventVersion = "1.0"
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
    package var payload: JSONValue

    package enum CodingKeys: String, CodingKey {
        case eventID = "event_id"
        case eventType = "event_type"
        case eventVersion = "event_version"
        case schemaVersion = "schema_version"
        case occurredAt = "occurred_at"
        case producer
        case tenantID = "tenant_id"
        case projectID = "project_id"
        case runID = "run_id"
        case jobID = "job_id"
        case traceID = "trace_id"
        case correlationID = "correlation_id"
        case idempotencyKey = "idempotency_key"
        case payload
    }

    package init(
        eventID: EventID, type: EventType, at occurredAt: Timestamp, from producer: Module, trail: Trail,
        jobID: JobID? = nil, payload: JSONValue
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
        self.idempotencyKey = trail.idempotencyKey
        self.payload = payload
    }

    /// What an answer to this envelope carries on.
    package var trail: Trail {
        Trail(
            tenantID: tenantID, projectID: projectID, runID: runID, traceID: traceID, correlationID: correlationID,
            idempotencyKey: idempotencyKey)
    }
}

/// The trail of a request: what every envelope that follows from it repeats.
package struct Trail: Codable, Hashable, Sendable {
    package var tenantID: TenantID
    package var projectID: ProjectID
    package var runID: RunID?
    package var traceID: TraceID
    package var correlationID: CorrelationID
    package var idempotencyKey: IdempotencyKey

    package enum CodingKeys: String, CodingKey {
        case tenantID = "tenant_id"
        case projectID = "project_id"
        case runID = "run_id"
        case traceID = "trace_id"
        case correlationID = "correlation_id"
        case idempotencyKey = "idempotency_key"
    }

    package init(
        tenantID: TenantID, projectID: ProjectID, runID: RunID?, traceID: TraceID, correlationID: CorrelationID,
        idempotencyKey: IdempotencyKey
    ) {
        self.tenantID = tenantID
        self.projectID = projectID
        self.runID = runID
        self.traceID = traceID
        self.correlationID = correlationID
        self.idempotencyKey = idempotencyKey
    }
}
