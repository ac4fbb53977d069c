// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// One event on its way to one webhook, as clients see it.
package struct Notice: Codable, Hashable, Sendable {
    package enum State: String, CaseIterable, Codable, Hashable, Sendable {
        /// Exits: .delivered on an answer of 2xx, .givenUp when its day is over or nobody lives there any more.
        case pending
        /// Exits: .pending when somebody wants it sent again.
        case delivered
        /// Exits: .pending when somebody wants it sent again.
        case givenUp = "given_up"
    }

    package let noticeID: NoticeID
    package let webhookID: WebhookID
    package let runID: RunID?
    package let eventID: EventID
    package let type: String
    package let createdAt: Timestamp
    package var course: NoticeCourse

    package init(
        _ id: NoticeID, to webhook: WebhookID, about run: RunID?, _ event: (id: EventID, type: String),
        at now: Timestamp
    ) {
        noticeID = id
        webhookID = webhook
        runID = run
        eventID = event.id
        type = event.type
        createdAt = now
        course = NoticeCourse(at: now)
    }

    package enum CodingKeys: String, CodingKey {
        case noticeID = "delivery_id"
        case webhookID = "webhook_id"
        case runID = "run_id"
        case eventID = "event_id"
        case type = "event_type"
        case createdAt = "created_at"
        case course
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        noticeID = try container.decode(NoticeID.self, forKey: .noticeID)
        webhookID = try container.decode(WebhookID.self, forKey: .webhookID)
        runID = try container.decodeIfPresent(RunID.self, forKey: .runID)
        eventID = try container.decode(EventID.self, forKey: .eventID)
        type = try container.decode(String.self, forKey: .type)
        createdAt = try container.decode(Timestamp.self, forKey: .createdAt)
        course = try NoticeCourse(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(noticeID, forKey: .noticeID)
        try container.encode(webhookID, forKey: .webhookID)
        try container.encodeIfPresent(runID, forKey: .runID)
        try container.encode(eventID, forKey: .eventID)
        try container.encode(type, forKey: .type)
        try container.encode(createdAt, forKey: .createdAt)
        try course.encode(to: encoder)
    }
}

/// How far a notice has come.
package struct NoticeCourse: Codable, Hashable, Sendable {
    package var state: Notice.State
    /// Answered or not, since it was written.
    package var attempts: Int
    /// In a row, since its day began.
    package var failures: Int
    /// Its day begins with it, and anew when somebody wants it sent again.
    package var beganAt: Timestamp
    /// When it is tried next; nil when it is not.
    package var dueAt: Timestamp?
    package var lastStatus: Int?
    package var lastError: String?
    package var deliveredAt: Timestamp?

    package enum CodingKeys: String, CodingKey {
        case state
        case attempts
        case failures
        case beganAt = "began_at"
        case dueAt = "due_at"
        case lastStatus = "last_status"
        case lastError = "last_error"
        case deliveredAt = "delivered_at"
    }

    package init(at now: Timestamp) {
        state = .pending
        attempts = 0
        failures = 0
        beganAt = now
        dueAt = now
    }
}
