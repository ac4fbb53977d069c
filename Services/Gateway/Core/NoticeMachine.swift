// GatewayCore · pure · sees Contracts, Policies
package import Contracts
package import Policies

/// What came of one try.
package enum NoticeEvent: Equatable, Sendable {
    case answered(status: Int, retryAfter: Duration?)
    /// Nothing was answered. What can never be answered is `isLasting`: an address of a private network, a URL that is none.
    case unanswered(cause: String, isLasting: Bool)
    /// Somebody wants it sent again.
    case wanted
}

package enum NoticeEffect: Equatable, Sendable {
    /// Nobody lives at the webhook's address any more.
    case stopWebhook(because: String)
}

extension NoticeCourse {
    package mutating func giveUp(because reason: String?) {
        state = .givenUp
        dueAt = nil
        lastError = reason
    }
}

/// Decides when a notice is tried again, and when it is over.
package enum NoticeMachine {
    /// A day: whoever is away longer asks for what he missed.
    package static let longest = Duration.seconds(86_400)
    private static let waits: [Duration] = [5, 30, 120, 600, 1800].map { .seconds($0) }
    private static let lastWait = Duration.seconds(7200)

    /// `roll` is from 0 to 1: it parts those that failed together.
    package static func decide(
        _ course: NoticeCourse, _ event: NoticeEvent, at now: Timestamp, roll: Double
    ) -> Step<NoticeCourse, NoticeEffect> {
        if case .wanted = event { return again(course, at: now) }
        switch course.state {
        case .pending: return whilePending(course, event, at: now, roll: roll)
        // Two couriers tried it: the slower one's answer changes nothing.
        case .delivered, .givenUp: return Step(state: course)
        }
    }

    private static func again(_ course: NoticeCourse, at now: Timestamp) -> Step<NoticeCourse, NoticeEffect> {
        var next = NoticeCourse(at: now)
        next.attempts = course.attempts
        (next.lastStatus, next.lastError) = (course.lastStatus, course.lastError)
        return Step(state: next)
    }

    private static func whilePending(
        _ course: NoticeCourse, _ event: NoticeEvent, at now: Timestamp, roll: Double
    ) -> Step<NoticeCourse, NoticeEffect> {
        var next = course
        next.attempts += 1
        switch event {
        case .wanted: return Step(state: course)
        case .answered(let status, let wish):
            (next.lastStatus, next.lastError) = (status, nil)
            if (200..<300).contains(status) { return Step(state: delivered(next, at: now)) }
            next.lastError = "answered \(status)"
            if status == 410 {
                return Step(state: over(next), effects: [.stopWebhook(because: "its address answered 410 Gone")])
            }
            let heard = [429, 503].contains(status) ? wish : nil
            return Step(state: later(next, at: now, wish: heard ?? .zero, roll: roll))
        case .unanswered(let cause, let isLasting):
            (next.lastStatus, next.lastError) = (nil, cause)
            return Step(state: isLasting ? over(next) : later(next, at: now, wish: .zero, roll: roll))
        }
    }

    private static func delivered(_ course: NoticeCourse, at now: Timestamp) -> NoticeCourse {
        var next = course
        next.state = .delivered
        next.dueAt = nil
        next.deliveredAt = now
        return next
    }

    private static func over(_ course: NoticeCourse) -> NoticeCourse {
        var next = course
        next.giveUp(because: course.lastError)
        return next
    }

    private static func later(
        _ course: NoticeCourse, at now: Timestamp, wish: Duration, roll: Double
    ) -> NoticeCourse {
        let end = course.beganAt + longest
        guard now < end else { return over(course) }
        var next = course
        next.failures += 1
        let wait = next.failures <= waits.count ? waits[next.failures - 1] : lastWait
        // The last try is at the very end of its day.
        next.dueAt = min(now + max(wait * (1 + 0.2 * roll), wish), end)
        return next
    }
}
