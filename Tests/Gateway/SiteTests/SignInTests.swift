// GatewayTests · tests · sees Contracts, Embedded, GatewayCore, GatewayHouse, GatewayShell, HTTP, Ports, Wire
import Contracts
import Embedded
import GatewayCore
import GatewayHouse
import GatewayShell
import HTTP
import Ports
import Synchronization
import Testing
import Wire

@Suite("Signing in")
struct SignInTests {
    @Test(
        "E2E-001: works once there is an owner, the session can be used, and both are told and noted",
        arguments: GatewayWorld.Ground.allCases)
    func works(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let owner = try await world.settle()
            #expect(owner["role"]?.text == "owner" && owner["tenant_id"]?.text == "local")
            let said = try await world.signIn()
            #expect(said.status == 200 && said.fields["Cache-Control"] == "no-store")
            #expect(said.body["token"] == said.body["access_token"] && said.body["token_type"]?.text == "Bearer")
            #expect(said.body["expires_in"] == .integer(900) && said.body["user_id"] == owner["user_id"])
            let token = try #require(said.body["access_token"]?.text)
            let me = try await world.ask(.get, "/api/v1/auth/me", as: token)
            #expect(me.status == 200 && me.body["email"]?.text == "ada@example.org")
            let runs = try await world.ask(.get, "/api/v1/runs", as: token)
            #expect(runs.status == 200)
            let told = try await world.signIns(2)
            #expect(told.allSatisfy { $0.eventType == .ainer(.authLoginSucceeded) && $0.producer == .gateway })
            let methods = try told.map { try JSON.value(of: $0.payload.bytes)["method"]?.text }
            #expect(methods == ["setup", "password"])
            let actions = try await world.actions()
            #expect(actions.filter { $0 == "auth.login.succeeded" }.count == 2 && actions.contains("user.created"))
        }
    }

    @Test(
        "with a wrong password and as nobody is one answer, told and noted as failed",
        arguments: GatewayWorld.Ground.allCases)
    func fails(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            _ = try await world.settle()
            let wrong = try await world.signIn("ADA@example.org", "correct horse batterx")
            let unknown = try await world.signIn("nobody@example.org")
            #expect(wrong.status == 401 && unknown.status == 401)
            for member in ["error_code", "detail", "title", "retryable"] {
                #expect(wrong.body[member] == unknown.body[member])
            }
            #expect(wrong.body["error_code"]?.text == "AUTH-VALIDATION-001")
            let told = try await world.signIns(3)
            #expect(told.map(\.eventType).filter { $0 == .ainer(.authLoginFailed) }.count == 2)
            let names = try told.map { try JSON.value(of: $0.payload.bytes)["user_name"]?.text }
            #expect(names == ["ada@example.org", "ada@example.org", "nobody@example.org"])
            let actions = try await world.actions()
            #expect(actions.filter { $0 == "auth.login.failed" }.count == 2)
            let bare = try await world.ask(.get, "/api/v1/auth/me", as: nil)
            let other = try await world.ask(.get, "/api/v1/auth/me", as: "a.b.c")
            #expect(bare.status == 401 && bare.body["error_code"]?.text == "AUTH-TOKEN-003" && other.status == 401)
        }
    }

    @Test(
        "goes on with each refresh token once; a stolen one ends the session for everybody",
        arguments: GatewayWorld.Ground.allCases)
    func refreshing(_ ground: GatewayWorld.Ground) async throws {
        let clock = MovedClock()
        try await GatewayWorld.open(ground, at: clock) { world in
            _ = try await world.settle()
            let first = try await world.signIn().body
            clock.move(.seconds(1))
            let second = try await world.refresh(first)
            #expect(second.status == 200 && second.body["refresh_token"] != first["refresh_token"])
            // The answer was lost: asked again at once it is given again.
            clock.move(.seconds(1))
            let again = try await world.refresh(first)
            #expect(again.status == 200)
            clock.move(.seconds(60))
            let third = try await world.refresh(again.body)
            #expect(third.status == 200)
            let token = try #require(third.body["access_token"]?.text)
            let before = try await world.ask(.get, "/api/v1/auth/me", as: token)
            // Somebody else had the answer that was lost.
            let stolen = try await world.refresh(second.body)
            let after = try await world.ask(.get, "/api/v1/auth/me", as: token)
            let over = try await world.refresh(third.body)
            #expect(before.status == 200 && stolen.status == 401 && after.status == 401 && over.status == 401)
            #expect(stolen.body["error_code"]?.text == "AUTH-TOKEN-003")
            #expect(try await world.actions().contains("session.revoked"))
        }
    }

    @Test(
        "ends: after a quarter of an hour for the token, after two idle weeks, and at once for whoever leaves",
        arguments: GatewayWorld.Ground.allCases)
    func ending(_ ground: GatewayWorld.Ground) async throws {
        let clock = MovedClock()
        try await GatewayWorld.open(ground, at: clock) { world in
            _ = try await world.settle()
            let session = try await world.signIn().body
            let token = try #require(session["access_token"]?.text)
            clock.move(.seconds(15 * 60 + 31))
            let late = try await world.ask(.get, "/api/v1/auth/me", as: token)
            let refreshed = try await world.refresh(session)
            #expect(late.status == 401 && refreshed.status == 200)
            let next = try #require(refreshed.body["access_token"]?.text)
            let left = try await world.ask(.post, "/api/v1/auth/logout", as: next)
            let gone = try await world.ask(.get, "/api/v1/auth/me", as: next)
            let over = try await world.refresh(refreshed.body)
            #expect(left.status == 204 && gone.status == 401 && over.status == 401)
            let idle = try await world.signIn().body
            clock.move(.seconds(14 * 86_400))
            let forgotten = try await world.refresh(idle)
            #expect(forgotten.status == 401)
        }
    }

    @Test("too often under one name is slowed down, whether there is one or not")
    func throttled() async throws {
        try await GatewayWorld.open { world in
            var last = try await world.signIn("nobody@example.org")
            for _ in 0..<10 { last = try await world.signIn("nobody@example.org") }
            #expect(last.status == 429 && last.body["error_code"]?.text == "SYS-RESOURCE-002")
            #expect((last.fields["Retry-After"].flatMap { Int($0) } ?? 0) >= 1)
            let other = try await world.signIn("somebody@example.org")
            #expect(other.status == 401)
        }
    }

    @Test(
        "for the first time takes the printed code: once, and only while nobody is known",
        arguments: GatewayWorld.Ground.allCases)
    func setup(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let code = try #require(try await world.house.signIn.setupCode())
            let spare = try #require(try await world.house.signIn.setupCode())
            let short = try await world.setUp(code, "short")
            let wrong = try await world.setUp("in_" + String(repeating: "0", count: 64))
            let right = try await world.setUp(code)
            let twice = try await world.setUp(code)
            let late = try await world.setUp(spare)
            #expect([short, wrong, right, twice, late].map(\.status) == [422, 401, 200, 401, 401])
            let none = try await world.house.signIn.setupCode()
            #expect(none == nil)
        }
    }

    @Test(
        "by a link brings a browser in once, with a cookie that no script reads",
        arguments: GatewayWorld.Ground.allCases)
    func link(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let session = try await world.settle()
            let token = try #require(session["access_token"]?.text)
            let made = try await world.ask(.post, "/api/v1/auth/links", as: token)
            let url = try #require(made.body["url"]?.text)
            let entered = try await world.ask(.get, url, as: nil)
            #expect(made.status == 201 && entered.status == 302 && entered.fields["Location"] == "/")
            let cookie = try #require(entered.fields["Set-Cookie"])
            #expect(cookie.hasPrefix("ainer_session=") && cookie.contains("HttpOnly; SameSite=Strict; Secure"))
            let shown = String(cookie.prefix { $0 != ";" })
            let me = try await world.ask(.get, "/api/v1/auth/me", as: nil, with: ["Cookie": "theme=dark; " + shown])
            #expect(me.status == 200 && me.body["user_id"] == session["user_id"])
            let twice = try await world.ask(.get, url, as: nil)
            #expect(twice.status == 401)
            // From another site's page the cookie is worth nothing.
            let foreign = try await world.ask(
                .post, "/api/v1/auth/logout", as: nil, with: ["Cookie": shown, "Origin": "http://evil.example"])
            #expect(foreign.status == 403)
        }
    }

    @Test("to a tenant of one's own is open only where it is said to be")
    func registering() async throws {
        let wish = GatewayWorld.credentials("eve@example.org")
        try await GatewayWorld.open { world in
            let closed = try await world.ask(
                .post, "/api/v1/auth/register", wish, as: nil, with: ["Idempotency-Key": "r1"])
            #expect(closed.status == 403 && closed.body["error_code"]?.text == "AUTH-FORBIDDEN-002")
        }
        for ground in GatewayWorld.Ground.allCases {
            try await GatewayWorld.open(ground, registering: true) { world in
                let fields: HTTPFields = ["Idempotency-Key": "r1"]
                let made = try await world.ask(.post, "/api/v1/auth/register", wish, as: nil, with: fields)
                let again = try await world.ask(.post, "/api/v1/auth/register", wish, as: nil, with: fields)
                let taken = try await world.ask(
                    .post, "/api/v1/auth/register", wish, as: nil, with: ["Idempotency-Key": "r2"])
                #expect(made.status == 201 && made.body["role"]?.text == "owner" && taken.status == 422)
                #expect(
                    again.status == 201 && again.body == made.body && again.fields["Idempotency-Replayed"] == "true")
                let session = try await world.signIn("eve@example.org")
                #expect(session.status == 200 && session.body["tenant_id"] == made.body["tenant_id"])
                #expect(made.body["tenant_id"]?.text?.hasPrefix("t_") == true)
            }
        }
    }
}

/// The system's clock, some while ahead.
final class MovedClock: WallClock {
    private let system = SystemClock()
    private let ahead = Mutex(Duration.zero)

    func move(_ time: Duration) { ahead.withLock { $0 += time } }

    func now() -> Timestamp { system.now() + ahead.withLock { $0 } }

    func sleep(until moment: Timestamp) async throws {
        try await system.sleep(until: moment + (.zero - ahead.withLock { $0 }))
    }
}

extension GatewayWorld {
    private static let ears = QueueName.group(.gatewayEvents, .observer)
    static let password = "correct horse battery"

    static func credentials(_ email: String, _ password: String = password) -> JSONValue {
        .object(["email": .string(email), "password": .string(password)])
    }

    /// The first owner, and her session.
    func settle() async throws -> JSONValue {
        try await bus.declare(Topology([Self.ears: [.gatewayEvents]]))
        let code = try #require(try await house.signIn.setupCode())
        return try await setUp(code).body
    }

    func setUp(_ code: String, _ password: String = password) async throws -> Said {
        let wish = JSONValue.object([
            "code": .string(code), "email": .string("Ada@example.org"), "password": .string(password),
        ])
        return try await ask(.post, "/api/v1/auth/setup", wish, as: nil)
    }

    func signIn(_ email: String = "ada@example.org", _ password: String = password) async throws -> Said {
        try await ask(.post, "/api/v1/auth/login", Self.credentials(email, password), as: nil)
    }

    func refresh(_ session: JSONValue) async throws -> Said {
        let token = session["refresh_token"] ?? .null
        return try await ask(.post, "/api/v1/auth/refresh", .object(["refresh_token": token]), as: nil)
    }

    /// What was noted of this house's own tenant, the newest first.
    func actions() async throws -> [String] {
        let said = try await ask(.get, "/api/v1/auth/audit/logs?limit=200")
        return said.body["items"]?.items.compactMap { $0["action"]?.text } ?? []
    }

    /// What was said about people who came in.
    func signIns(_ count: Int) async throws -> [EventEnvelope] {
        let arrivals = try await bus.subscribe(to: Self.ears, prefetch: 100)
        var heard: [EventEnvelope] = []
        while heard.count < count, let batch = try await arrivals.next() {
            for delivery in batch { heard += [try EnvelopeReader.read(delivery.letter.body)].compactMap { $0 } }
            try await bus.settle(batch.map { Verdict($0, .done) })
        }
        await arrivals.end()
        return heard
    }
}
