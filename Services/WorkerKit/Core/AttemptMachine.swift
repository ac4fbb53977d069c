// WorkerKitCore · pure · sees Contracts, Policies
package import Contracts
package import Policies

/// One try at one job, as the worker lives it.
package enum Attempt: Equatable, Sendable {
    /// Exits: .over on the outcome, on a refusal or when the time is up.
    case working(nextBeat: Timestamp, deadline: Timestamp)
    /// No exits.
    case over
}

package enum AttemptFact: Equatable, Sendable {
    case ticked
    /// The worker has something to say.
    case noted
    /// The hub says somebody else speaks for this job.
    case refused
    case ended
}

package enum AttemptEffect: Equatable, Sendable {
    case beat
    case stopWork
    case report
    case reportTimeout
}

/// Decides when a worker says it is alive, and when it must stop.
package enum AttemptMachine {
    /// A quarter of the lease: three heartbeats may be lost before the job is given away.
    package static func beat(every lease: Duration) -> Duration { lease / 4 }

    /// What a worker notes is told no sooner after the last beat than this.
    package static let reticence = Duration.seconds(3)

    package static func begin(at now: Timestamp, lease: Duration, limit: Duration) -> Attempt {
        .working(nextBeat: now + beat(every: lease), deadline: now + limit)
    }

    /// When the attempt wants to look at the clock again.
    package static func wakes(_ attempt: Attempt) -> Timestamp? {
        switch attempt {
        case .working(let nextBeat, let deadline): min(nextBeat, deadline)
        case .over: nil
        }
    }

    package static func decide(
        _ attempt: Attempt, _ fact: AttemptFact, at now: Timestamp, lease: Duration
    ) -> Step<Attempt, AttemptEffect> {
        guard case .working(let nextBeat, let deadline) = attempt else { return Step(state: attempt) }
        switch fact {
        case .ended:
            return Step(state: .over, effects: [.report])
        case .refused:
            return Step(state: .over, effects: [.stopWork])
        case .noted:
            let soon = nextBeat + (reticence - beat(every: lease))
            return Step(state: .working(nextBeat: min(nextBeat, max(now, soon)), deadline: deadline))
        case .ticked where now >= deadline:
            return Step(state: .over, effects: [.stopWork, .reportTimeout])
        case .ticked where now >= nextBeat:
            return Step(state: .working(nextBeat: now + beat(every: lease), deadline: deadline), effects: [.beat])
        case .ticked:
            return Step(state: attempt)
        }
    }
}
