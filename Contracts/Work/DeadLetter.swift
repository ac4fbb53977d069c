// Contracts · pure · sees nothing

/// What became of a letter that could not be handled.
package enum DeadState: String, CaseIterable, Codable, Hashable, Sendable {
    /// It waits for somebody to decide. Exits: .replaying, .dropped
    case dead
    /// Somebody sent it back, and it is on its way. Exits: .replayed, .dead
    case replaying
    /// It lies in its queue again. Exits: .dead when it dies once more
    case replayed
    /// Somebody decided that it shall have no effect. No exits.
    case dropped
}

/// A letter that nobody could handle, with all that is known of it. It is named by its event and the queue it died in:
/// one event may die at two readers.
package struct DeadLetter: Codable, Hashable, Sendable {
    package let eventID: EventID
    package let queue: String
    /// What it says it is; `unknown` when it is no envelope.
    package var eventType: String
    package var producer: String?
    package var tenantID: String?
    package var projectID: String?
    package var runID: RunID?
    package var jobID: JobID?
    package var traceID: String?
    package var errorCode: ErrorCode
    package var reason: String
    package var deliveries: Int
    package var firstFailedAt: Timestamp
    package var lastFailedAt: Timestamp
    package var state: DeadState
    package var replayCount: Int
    package var replayedBy: String?
    package var replayedAt: Timestamp?
    package var droppedBecause: String?
    /// The beginning of what it says; told only of one that is looked at.
    package var excerpt: String?

    package enum CodingKeys: String, CodingKey {
        case eventID = "event_id"
        case queue
        case eventType = "event_type"
        case producer
        case tenantID = "tenant_id"
        case projectID = "project_id"
        case runID = "run_id"
        case jobID = "job_id"
        case traceID = "trace_id"
        case errorCode = "error_code"
        case reason
        case deliveries
        case firstFailedAt = "first_failed_at"
        case lastFailedAt = "last_failed_at"
        case state
        case replayCount = "replay_count"
        case replayedBy = "replayed_by"
        case replayedAt = "replayed_at"
        case droppedBecause = "dropped_because"
        case excerpt
    }

    package init(_ eventID: EventID, _ death: DeathNotice, at now: Timestamp) {
        self.eventID = eventID
        queue = death.queue
        eventType = Self.unknownType
        errorCode = death.code
        reason = death.reason
        deliveries = death.deliveries
        firstFailedAt = now
        lastFailedAt = now
        state = .dead
        replayCount = 0
    }

    package static let unknownType = "unknown"
}

/// Where, after how many deliveries and why a letter died.
package struct DeathNotice: Hashable, Sendable {
    package let queue: String
    package let reason: String
    package let deliveries: Int
    package let code: ErrorCode

    package init(queue: String, reason: String, deliveries: Int, code: ErrorCode) {
        self.queue = queue
        self.reason = reason
        self.deliveries = deliveries
        self.code = code
    }
}

/// Which dead letters are meant. What is not said does not narrow.
package struct DeadFilter: Codable, Hashable, Sendable {
    package var eventIDs: [EventID]?
    package var queue: String?
    package var eventType: String?
    package var errorCode: ErrorCode?
    package var runID: RunID?
    package var state: DeadState?

    package enum CodingKeys: String, CodingKey {
        case eventIDs = "event_ids"
        case queue
        case eventType = "event_type"
        case errorCode = "error_code"
        case runID = "run_id"
        case state
    }

    package init(
        eventIDs: [EventID]? = nil, queue: String? = nil, eventType: String? = nil, errorCode: ErrorCode? = nil,
        runID: RunID? = nil, state: DeadState? = nil
    ) {
        self.eventIDs = eventIDs
        self.queue = queue
        self.eventType = eventType
        self.errorCode = errorCode
        self.runID = runID
        self.state = state
    }
}

/// Dead letters of one kind that have become too many or too old: until somebody looks at them nothing new is released.
package struct DeadFreeze: Codable, Hashable, Sendable {
    package let eventType: String
    package let count: Int
    package let oldest: Timestamp
    package let message: String

    package enum CodingKeys: String, CodingKey {
        case eventType = "event_type"
        case count
        case oldest
        case message
    }

    package static let most = 50
    package static let longest = Duration.seconds(3600)

    /// Nil while it is few and young enough.
    package init?(_ eventType: String, count: Int, oldest: Timestamp, at now: Timestamp) {
        let isMany = count > Self.most
        guard isMany || (count > 0 && now - oldest > Self.longest) else { return nil }
        self.eventType = eventType
        self.count = count
        self.oldest = oldest
        message =
            isMany
            ? "\(count) dead letters of \(eventType), and \(Self.most) are the most"
            : "a dead letter of \(eventType) has waited for a decision since \(oldest.text)"
    }
}

/// A page of dead letters, and whether they hold up releases.
package struct DeadPage: Codable, Hashable, Sendable {
    package var items: [DeadLetter]
    package var freezes: [DeadFreeze]
    package var asOf: Timestamp

    package enum CodingKeys: String, CodingKey {
        case items
        case freezes
        case asOf = "as_of"
    }

    package init(items: [DeadLetter], freezes: [DeadFreeze], asOf: Timestamp) {
        self.items = items
        self.freezes = freezes
        self.asOf = asOf
    }
}

/// What was done about some dead letters, or would be.
package struct DeadDecision: Codable, Hashable, Sendable {
    /// Nothing was done: this is what would be.
    package var isPlan: Bool
    package var count: Int
    /// The first of them.
    package var items: [DeadLetter]

    package enum CodingKeys: String, CodingKey {
        case isPlan = "is_plan"
        case count
        case items
    }

    package init(isPlan: Bool, count: Int, items: [DeadLetter]) {
        self.isPlan = isPlan
        self.count = count
        self.items = items
    }
}
