// GatewayTests · tests · sees Contracts, GatewayAdapters, GatewayCore, GatewayShell, Kit, Telemetry
import Contracts
import GatewayAdapters
import GatewayCore
import GatewayShell
import Kit
import Synchronization
import Telemetry
import Testing

@Suite("A courier")
struct CourierTests {
    typealias Ground = GatewayWorld.Ground

    @Test("brings what is heard, in its order and once, though it is heard twice", arguments: Ground.allCases)
    func order(_ ground: Ground) async throws {
        try await HookWorld.open(ground) { world in
            let hook = try await world.hook()
            let run = try await world.submit()
            let news = try world.progress(run, [1, 2, 3])
            try await world.hear(news)
            try await world.hear(news)
            world.clock.pass(.milliseconds(1))
            await world.courier().sweep()
            #expect(world.outside.calls.map(\.url) == [hook.url, hook.url, hook.url])
            for (call, envelope) in zip(world.outside.calls, news) {
                #expect(call.body.contains("\"event_id\":\"\(envelope.eventID)\""))
            }
            #expect(Set(world.outside.calls.compactMap(\.id)).count == 3)
            let notices = try await world.notices(hook)
            #expect(
                notices.count == 3 && notices.allSatisfy { $0.course.state == .delivered && $0.course.attempts == 1 })
            #expect(notices.allSatisfy { $0.runID == run && $0.type == "run.progress.updated" })
        }
    }

    @Test("comes again to whoever failed, under the same name, until it is heard", arguments: Ground.allCases)
    func again(_ ground: Ground) async throws {
        try await HookWorld.open(ground) { world in
            let hook = try await world.hook()
            try await world.hear(try world.progress(try await world.submit(), [1]))
            world.outside.answer { number, _ in .answered(status: number < 4 ? 500 : 200, retryAfter: nil) }
            for wait in [0, 5, 30, 120] {
                world.clock.pass(.seconds(wait) - .milliseconds(wait == 0 ? 0 : 1))
                await world.courier().sweep()
                world.clock.pass(.milliseconds(1))
                await world.courier().sweep()
            }
            #expect(world.outside.calls.count == 4 && Set(world.outside.calls.map(\.id)).count == 1)
            #expect(Set(world.outside.calls.map { $0.fields["webhook-timestamp"] }).count == 4)
            let notice = try #require(try await world.notices(hook).first)
            #expect(notice.course.state == .delivered && notice.course.attempts == 4 && notice.course.failures == 3)
        }
    }

    @Test("gives up when the day is over, and brings it after all when somebody wants that", arguments: Ground.allCases)
    func day(_ ground: Ground) async throws {
        try await HookWorld.open(ground) { world in
            let hook = try await world.hook()
            try await world.hear(try world.progress(try await world.submit(), [1]))
            world.outside.answer { _, _ in .unanswered(cause: "nobody there", isLasting: false) }
            let start = world.clock.now()
            await world.courier().sweep()
            while let due = try await world.courier().nextDue() {
                world.clock.pass(due - world.clock.now())
                await world.courier().sweep()
            }
            #expect(world.clock.now() - start == .seconds(86_400))
            let lost = try #require(try await world.notices(hook).first)
            #expect(lost.course.state == .givenUp && lost.course.lastError == "nobody there")
            world.outside.answer(200)
            _ = try await world.hooks.redeliver(
                lost.noticeID, of: hook.webhookID, as: world.deed(), at: world.clock.now())
            await world.courier().sweep()
            let found = try #require(try await world.notices(hook).first)
            #expect(found.course.state == .delivered && found.course.attempts == lost.course.attempts + 1)
            #expect(Set(world.outside.calls.map(\.id)).count == 1)
        }
    }

    @Test("killed between the answer and its note comes again, under the same name", arguments: Ground.allCases)
    func killed(_ ground: Ground) async throws {
        try await HookWorld.open(ground) { world in
            let hook = try await world.hook()
            try await world.hear(try world.progress(try await world.submit(), [1]))
            // It is heard, and whoever brought it dies before he can say so.
            world.outside.answer { _, _ in
                withUnsafeCurrentTask { $0?.cancel() }
                return .answered(status: 200, retryAfter: nil)
            }
            await world.courier().sweep()
            #expect(try await world.notices(hook).first?.course.state == .pending)
            world.outside.answer(200)
            world.clock.pass(.seconds(29))
            await world.courier().sweep()
            #expect(world.outside.calls.count == 1, "he might still come back")
            world.clock.pass(.seconds(1))
            await world.courier().sweep()
            #expect(world.outside.calls.count == 2 && Set(world.outside.calls.map(\.id)).count == 1)
            #expect(try await world.notices(hook).first?.course.state == .delivered)
        }
    }

    @Test("leaves whoever answers 410, for good, with all that was for him", arguments: Ground.allCases)
    func gone(_ ground: Ground) async throws {
        try await HookWorld.open(ground) { world in
            let hook = try await world.hook()
            let run = try await world.submit()
            try await world.hear(try world.progress(run, [1, 2, 3]))
            world.clock.pass(.seconds(1))
            world.outside.answer(410)
            await world.courier().sweep()
            #expect(world.outside.calls.count == 1)
            let stopped = try #require(try await world.now(hook))
            #expect(!stopped.isActive && stopped.stoppedBecause != nil)
            #expect(try await world.notices(hook).allSatisfy { $0.course.state == .givenUp })
            try await world.hear(try world.progress(run, [4]))
            #expect(try await world.notices(hook).count == 3, "nobody listens any more")
        }
    }

    @Test("waits as long as an overloaded receiver asks")
    func patience() async throws {
        try await HookWorld.open { world in
            _ = try await world.hook()
            try await world.hear(try world.progress(try await world.submit(), [1]))
            world.outside.answer { _, _ in .answered(status: 429, retryAfter: .seconds(900)) }
            await world.courier().sweep()
            #expect(try await world.courier().nextDue() == world.clock.now() + .seconds(900))
        }
    }

    @Test("tells each only what he asked for", arguments: Ground.allCases)
    func filters(_ ground: Ground) async throws {
        try await HookWorld.open(ground) { world in
            let other = ProjectID(trusted: "p_other")
            let (mine, theirs) = (try await world.submit(), try await world.submit(project: other))
            let bound = try world.newHook("https://bound.example/")
            let third = try await world.submit(bound)
            for (url, words, project) in [
                ("https://all.example/", [], nil), ("https://project.example/", ["run.*"], other),
                ("https://never.example/", ["run.succeeded"], nil),
            ] as [(String, [String], ProjectID?)] { _ = try await world.hook(url, words, project: project) }
            _ = try await world.hook("https://stranger.example/", tenant: TenantID(trusted: "t_other"))
            let news = try [mine, theirs, third].flatMap { try world.progress($0, [1]) }
            try await world.hear(news)
            world.clock.pass(.seconds(1))
            await world.courier().sweep()
            let told = Dictionary(grouping: world.outside.calls, by: \.url).mapValues(\.count)
            #expect(told == ["https://all.example/": 3, "https://project.example/": 1, "https://bound.example/": 1])
        }
    }

    @Test("who waits for one receiver lets others bring theirs to the others", arguments: Ground.allCases)
    func stuck(_ ground: Ground) async throws {
        try await HookWorld.open(ground) { world in
            let (slow, quick) = (
                try await world.hook("https://slow.example/"), try await world.hook("https://quick.example/")
            )
            let run = try await world.submit()
            try await world.hear(try world.progress(run, Array(repeating: 1, count: 20)))
            world.clock.pass(.seconds(1))
            let latch = Latch()
            world.outside.answer { _, call in
                if call.url == slow.url { await latch.wait() }
                return .answered(status: 200, retryAfter: nil)
            }
            let courier = world.courier()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await courier.run() }
                let isThrough = try await eventually {
                    try await world.notices(quick).allSatisfy { $0.course.state == .delivered }
                }
                #expect(isThrough)
                #expect(try await world.notices(slow).allSatisfy { $0.course.state == .pending })
                #expect(world.outside.calls.filter { $0.url == slow.url }.count == 1, "one at a time")
                latch.open()
                let isAll = try await eventually {
                    try await world.notices(slow).allSatisfy { $0.course.state == .delivered }
                }
                #expect(isAll)
                group.cancelAll()
            }
        }
    }

    @Test("shares its work with others, and nothing is brought twice", arguments: Ground.allCases)
    func several(_ ground: Ground) async throws {
        try await HookWorld.open(ground) { world in
            for number in 1...6 { _ = try await world.hook("https://client.example/\(number)") }
            try await world.hear(try world.progress(try await world.submit(), Array(repeating: 1, count: 10)))
            world.clock.pass(.seconds(1))
            let troubles = Mutex<[String]>([])
            let log = Log(threshold: .error) { line in troubles.withLock { $0.append("\(line)") } }
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { await world.courier(log: log).sweep() } }
            }
            // Whoever found nothing to do went home: another round brings what was claimed meanwhile. A database in
            // trouble may take no note; then the notice comes again when its claim is over, as it promises.
            let isAll = try await eventually(within: .seconds(120)) {
                await world.courier(log: log).sweep()
                if !troubles.withLock(\.isEmpty) { world.clock.pass(.seconds(31)) }
                return Set(world.outside.calls.map(\.id)).count >= 60
            }
            let told = troubles.withLock { $0 }
            let calls = world.outside.calls
            #expect(isAll && Set(calls.map(\.id)).count == 60, "\(calls.count) calls; \(told)")
            #expect(calls.count <= 60 + told.count, "\(calls.count) calls; \(told)")
        }
    }
}

/// Opens once; everybody who waits goes on.
private final class Latch: Sendable {
    private let (stream, end) = AsyncStream.makeStream(of: Void.self)

    func open() { end.finish() }

    func wait() async { for await _ in stream {} }
}
