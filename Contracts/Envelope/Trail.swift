// Contracts · pure · sees nothing

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

extension Trail {
    /// Of what is said about a node: it belongs to the house and to no request.
    package static func house(about node: NodeID) -> Trail {
        Trail(
            tenantID: .local, projectID: .local, runID: nil, traceID: TraceID(trusted: node.rawValue),
            correlationID: CorrelationID(trusted: node.rawValue),
            idempotencyKey: IdempotencyKey(trusted: node.rawValue))
    }

    /// The key of one event among those that follow from this trail.
    func key(of type: EventType, _ jobID: JobID?, _ distinct: String) -> IdempotencyKey {
        .derive(idempotencyKey.rawValue, type.name, jobID?.rawValue ?? "", distinct)
    }
}
