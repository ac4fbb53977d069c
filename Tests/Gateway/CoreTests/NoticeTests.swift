// GatewayTests · tests · sees Contracts, GatewayCore, Policies
import Contracts
import GatewayCore
import Policies
import Testing

@Suite("A notice")
struct NoticeTests {
    private let start = Timestamp(microseconds: 1_000_000_000)

    private func wait(_ course: NoticeCourse, from now: Timestamp) -> Duration? { course.dueAt.map { $0 - now } }

    @Test("is tried after 5 s, 30 s, 2 min, 10 min, 30 min and every 2 h, and once more when its day is over")
    func ladder() {
        var course = NoticeCourse(at: start)
        var now = start
        var waits: [Duration] = []
        while course.state == .pending, waits.count < 100 {
            course = NoticeMachine.decide(course, .answered(status: 500, retryAfter: nil), at: now, roll: 0).state
            if let due = course.dueAt {
                waits.append(due - now)
                now = due
            }
        }
        #expect(
            waits.prefix(6) == [
                .seconds(5), .seconds(30), .seconds(120), .seconds(600), .seconds(1800), .seconds(7200),
            ])
        #expect(waits.dropFirst(6).dropLast().allSatisfy { $0 == .seconds(7200) })
        #expect(now == start + .seconds(86_400), "the last try is at the very end")
        #expect(course.state == .givenUp && course.attempts == waits.count + 1 && course.lastStatus == 500)
    }

    @Test("is parted by chance from those that failed with it, by a fifth at most")
    func jitter() {
        let failed = NoticeEvent.unanswered(cause: "nobody there", isLasting: false)
        let late = NoticeMachine.decide(NoticeCourse(at: start), failed, at: start, roll: 1).state
        #expect(wait(late, from: start) == .seconds(6) && late.lastError == "nobody there")
    }

    @Test("waits as long as a receiver that is overloaded wants, and never longer than its day")
    func heard() {
        func due(_ status: Int, _ wish: Duration) -> Duration? {
            let event = NoticeEvent.answered(status: status, retryAfter: wish)
            return wait(NoticeMachine.decide(NoticeCourse(at: start), event, at: start, roll: 0).state, from: start)
        }
        #expect(due(429, .seconds(3600)) == .seconds(3600) && due(503, .seconds(60)) == .seconds(60))
        #expect(due(503, .seconds(1)) == .seconds(5), "sooner than we would is no wish")
        #expect(due(500, .seconds(3600)) == .seconds(5), "only those two say when they are back")
        #expect(due(503, .seconds(1_000_000)) == .seconds(86_400))
    }

    @Test("ends with any 2xx; 410 ends it and its webhook; an address that is refused is never tried again")
    func ends() {
        let fresh = NoticeCourse(at: start)
        let good = NoticeMachine.decide(fresh, .answered(status: 204, retryAfter: nil), at: start, roll: 0)
        #expect(good.state.state == .delivered && good.state.deliveredAt == start && good.state.dueAt == nil)
        #expect(good.effects.isEmpty)
        let gone = NoticeMachine.decide(fresh, .answered(status: 410, retryAfter: nil), at: start, roll: 0)
        #expect(gone.state.state == .givenUp && gone.effects.count == 1)
        let led = NoticeMachine.decide(fresh, .answered(status: 302, retryAfter: nil), at: start, roll: 0)
        #expect(led.state.state == .pending, "a redirection is no delivery")
        let barred = NoticeEvent.unanswered(cause: "a private network", isLasting: true)
        #expect(NoticeMachine.decide(fresh, barred, at: start, roll: 0).state.state == .givenUp)
        let late = NoticeMachine.decide(good.state, .answered(status: 500, retryAfter: nil), at: start, roll: 0)
        #expect(late.state == good.state, "the slower of two couriers changes nothing")
    }

    @Test("that somebody wants again has a new day and keeps its count")
    func again() {
        var over = NoticeCourse(at: start)
        over.attempts = 17
        over.giveUp(because: "answered 500")
        let later = start + .seconds(200_000)
        let next = NoticeMachine.decide(over, .wanted, at: later, roll: 0).state
        #expect(next.state == .pending && next.dueAt == later && next.beganAt == later && next.attempts == 17)
        #expect(next.failures == 0 && next.lastError == "answered 500")
    }
}

@Suite("A webhook's secret")
struct HookSecretTests {
    @Test("signs as the published example of Standard Webhooks does")
    func published() throws {
        let secret = try #require(HookSecret(text: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = secret.signature(
            of: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: 1_614_265_330, #"{"test": 2432232314}"#)
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test("is read back as it was shown, and is nothing else")
    func text() {
        let secret = HookSecret((0..<32).map { UInt8($0) })
        #expect(HookSecret(text: secret.text) == secret)
        for text in ["", "whsec_", "whsec_AAAA", "whsec_???=", secret.text + "A", String(secret.text.dropFirst())] {
            #expect(HookSecret(text: text) == nil)
        }
    }
}

@Suite("What a webhook wants to hear")
struct EventFilterTests {
    @Test("is named by events, by how they begin, by a star, or by what clients call it")
    func admits() throws {
        let filter = try EventFilter(["run.finished", "review.*", "job.failed"])
        #expect(filter.admits("run.succeeded") && filter.admits("run.canceled") && !filter.admits("run.created"))
        #expect(filter.admits("review.requested") && filter.admits("job.failed") && !filter.admits("job.created"))
        #expect(try EventFilter([]).admits("anything.at.all"))
        #expect(try EventFilter(["run.waiting_approval"]).admits("review.requested"))
    }

    @Test("is refused at the first word that is never said")
    func unheard() {
        #expect(throws: EventFilter.Unheard(place: 1, word: "run.done")) { try EventFilter(["run.*", "run.done"]) }
        #expect(throws: EventFilter.Unheard(place: 0, word: "run*")) { try EventFilter(["run*"]) }
    }
}
