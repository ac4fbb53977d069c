// OrchestratorCore · pure · sees Contracts, Policies
package import Contracts

/// What became of a question.
package enum GateStatus: String, CaseIterable, Codable, Hashable, Sendable {
    /// Exits: all the others.
    case waiting
    /// No exits but .withdrawn.
    case approved
    /// No exits but .withdrawn.
    case rejected
    /// Nobody decided in time: the default did. No exits but .withdrawn.
    case expired
    /// The run is over, or what was asked about is made anew. No exits.
    case withdrawn
}

/// A question that was put to a person.
package struct Gate: Equatable, Sendable {
    package let gate: String
    /// The stage that was done.
    package let stage: Stage
    package var status: GateStatus
    package let askedAt: Timestamp
    /// When the default decides; nil without a default: then the run waits for ever.
    package let deadlineAt: Timestamp?
    package let defaultDecision: GateWish.Decision?
    package var decidedBy: String?
    package var decidedAt: Timestamp?
    package var comment: String?

    package init(
        gate: String, stage: Stage, status: GateStatus, askedAt: Timestamp, deadlineAt: Timestamp?,
        defaultDecision: GateWish.Decision?
    ) {
        self.gate = gate
        self.stage = stage
        self.status = status
        self.askedAt = askedAt
        self.deadlineAt = deadlineAt
        self.defaultDecision = defaultDecision
    }

    init(_ wish: GateWish, at now: Timestamp) {
        let limit = wish.defaultDecision == nil ? nil : wish.timeoutMS
        self.init(
            gate: wish.gate, stage: wish.after, status: .waiting, askedAt: now,
            deadlineAt: limit.map { now + .milliseconds($0) }, defaultDecision: wish.defaultDecision)
    }

    package var isWaiting: Bool { status == .waiting }

    /// True when the run may pass.
    package var isOpen: Bool {
        switch status {
        case .approved: true
        case .expired: defaultDecision == .approve
        case .waiting, .rejected, .withdrawn: false
        }
    }
}

/// Work that is made anew on somebody's wish, as it goes on record: what was changed, and what was done about the old.
package struct Amendment: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case retry
        case rerun
        case regenerate
    }

    /// What was done about the old work of one stage.
    package struct Compensation: Equatable, Sendable {
        package let stage: Stage
        package let action: String
        package let detail: String
    }

    package let kind: Kind
    /// The lowest stage with work to do again.
    package let stage: Stage
    /// The jobs whose places were taken.
    package let jobs: [JobID]
    package let asker: Asker
    package let compensations: [Compensation]
}
