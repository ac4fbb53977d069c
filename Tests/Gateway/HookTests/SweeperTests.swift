// GatewayTests · tests · sees Contracts, Embedded, GatewayAdapters, GatewayCore, GatewayShell, HTTP, Ports, Telemetry
import Contracts
import Embedded
import GatewayAdapters
import GatewayCore
import GatewayShell
import HTTP
import Ports
import Telemetry
import Testing

@Suite("What is old")
struct SweeperTests {
    @Test(
        "of notices is forgotten when it was carried, and kept while it waits", arguments: GatewayWorld.Ground.allCases)
    func notices(_ ground: GatewayWorld.Ground) async throws {
        try await HookWorld.open(ground) { world in
            let hook = try await world.hook()
            let run = try await world.submit()
            try await world.hear(try world.progress(run, [1]))
            world.clock.pass(.milliseconds(1))
            await world.courier().sweep()
            world.outside.answer { _, _ in .answered(status: 500, retryAfter: nil) }
            try await world.hear(try world.progress(run, [2]))
            world.clock.pass(.milliseconds(1))
            await world.courier().sweep()
            #expect(Set(try await world.notices(hook).map(\.course.state)) == [.delivered, .pending])
            // The test's time begins in a year of its own; names are of today.
            world.clock.set(SystemClock().now())
            try await world.sweep()
            #expect(try await world.notices(hook).count == 2)
            world.clock.pass(.seconds(20 * 365 * 86_400))
            try await world.sweep()
            #expect(try await world.notices(hook).map(\.course.state) == [.pending])
        }
    }

    @Test(
        "of sessions, links and deeds is forgotten, and nothing that is good", arguments: GatewayWorld.Ground.allCases)
    func people(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let session = try await world.settle()
            let token = try #require(session["access_token"]?.text)
            _ = try await world.ask(.post, "/api/v1/auth/links", as: token)
            let wish = JSONValue.object(["slug": .string("seas"), "name": .string("Seas")])
            let made = try await world.ask(
                .post, "/api/v1/projects", wish, as: token, with: ["Idempotency-Key": "seas"])
            #expect(made.status == 201)
            let clock = HandClock()
            let sweeper = Sweeper(GatewayDesk(world.desk), clock: clock, log: .silent)
            clock.set(SystemClock().now())
            try await sweeper.sweep()
            #expect(try await world.counts() == [1, 1, 1, 1])
            clock.pass(.seconds(20 * 365 * 86_400))
            try await sweeper.sweep()
            #expect(try await world.counts() == [0, 0, 0, 0])
            #expect(try await world.ask(.get, "/api/v1/projects", as: token).status == 401)
        }
    }
}

extension HookWorld {
    func sweep() async throws { try await Sweeper(desk, clock: clock, log: .silent).sweep() }
}

extension GatewayWorld {
    /// Sessions, refresh tokens, links that are open, deeds.
    fileprivate func counts() async throws -> [Int] {
        try await database.transaction { tx in
            var counts: [Int] = []
            for call in [Self.sessions(), Self.tokens(), Self.entries(), Self.deeds()] {
                counts += try await tx.rows(call)
            }
            return counts
        }
    }

    private static let sessions = statement(
        "test.sessions", gives: (Int).self, "SELECT count(*) FROM gateway.sessions")
    private static let tokens = statement(
        "test.tokens", gives: (Int).self, "SELECT count(*) FROM gateway.refresh_tokens")
    private static let entries = statement(
        "test.entries", gives: (Int).self, "SELECT count(*) FROM gateway.entries")
    private static let deeds = statement(
        "test.deeds", gives: (Int).self, "SELECT count(*) FROM gateway.deeds")
}
