// WorkerHubCore · pure · sees Contracts, Policies
package import Contracts
package import Policies

/// What can happen to a node's record.
package enum NodeFact: Equatable, Sendable {
    case told(NodeTelemetry)
    /// It is known to be gone.
    case lost
    /// An operator wants it to get no new work.
    case cordoned(reason: String)
    /// An operator wants it to finish and go.
    case drained(reason: String)
    /// An operator wants it back at work.
    case released
    /// Its work fails far more often than the others'.
    case stoodOut(reason: String)
    /// It began a job that it should not have taken.
    case turnedAway
    /// The clock passed something.
    case looked
}

package enum NodeEffect: Equatable, Sendable {
    case tell(NodeOrder)
    case quarantined(NodeOrder, until: Timestamp)
    /// Nobody remembers it any more.
    case forgotten
}

/// Decides what is wanted of a node. What it is told may be lost, so whoever does not do as it was told is told again.
package enum NodeMachine {
    /// How long a quarantine lasts.
    package static let pause = Duration.seconds(300)

    package static func decide(
        _ record: NodeRecord?, _ fact: NodeFact, at now: Timestamp
    ) -> Step<NodeRecord?, NodeEffect> {
        if case .told(let telemetry) = fact { return after(telemetry, record, at: now) }
        guard let record else { return Step(state: nil) }
        switch fact {
        case .told, .lost:
            return Step(state: nil, effects: [.forgotten])
        case .cordoned(let reason):
            return wish(.cordoned, reason, of: record, at: now)
        case .drained(let reason):
            return wish(.draining, reason, of: record, at: now)
        case .released:
            return wish(.working, nil, of: record, at: now)
        case .stoodOut(let reason):
            return quarantine(record, reason, at: now)
        case .turnedAway:
            return Step(state: record, effects: record.standing == .working ? [] : [.tell(record.order)])
        case .looked:
            return look(at: record, now)
        }
    }

    private static func after(
        _ telemetry: NodeTelemetry, _ record: NodeRecord?, at now: Timestamp
    ) -> Step<NodeRecord?, NodeEffect> {
        if telemetry.isLast == true { return Step(state: nil, effects: record == nil ? [] : [.forgotten]) }
        var record = record ?? NodeRecord(telemetry, since: now, seenAt: now)
        record.telemetry = telemetry
        record.seenAt = now
        return Step(state: record, effects: telemetry.duty == record.standing.duty ? [] : [.tell(record.order)])
    }

    /// Told even when nothing changes: an operator who says it twice may have seen it lost.
    private static func wish(
        _ standing: Standing, _ reason: String?, of record: NodeRecord, at now: Timestamp
    ) -> Step<NodeRecord?, NodeEffect> {
        var record = record
        if record.standing != standing { record.since = now }
        record.standing = standing
        record.reason = reason
        record.until = nil
        return Step(state: record, effects: [.tell(record.order)])
    }

    /// What an operator wants of it stays so.
    private static func quarantine(
        _ record: NodeRecord, _ reason: String, at now: Timestamp
    ) -> Step<NodeRecord?, NodeEffect> {
        guard record.standing == .working else { return Step(state: record) }
        var record = record
        let end = now + pause
        record.standing = .quarantined
        record.reason = reason
        record.since = now
        record.until = end
        return Step(state: record, effects: [.tell(record.order), .quarantined(record.order, until: end)])
    }

    private static func look(at record: NodeRecord, _ now: Timestamp) -> Step<NodeRecord?, NodeEffect> {
        if now > record.seenAt + NodeRecord.memory { return Step(state: nil, effects: [.forgotten]) }
        guard let until = record.until, until <= now else { return Step(state: record) }
        return wish(.working, nil, of: record, at: now)
    }
}
