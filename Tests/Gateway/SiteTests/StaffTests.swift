// GatewayTests · tests · sees Contracts, GatewayCore, HTTP
import Contracts
import GatewayCore
import HTTP
import Testing

@Suite("People")
struct StaffTests {
    @Test(
        "are added, shown, changed and let go, each noted; whoever is gone is out at once",
        arguments: GatewayWorld.Ground.allCases)
    func life(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let owner = try #require(try await world.settle()["access_token"]?.text)
            let added = try await world.add("bob@example.org", "project_editor", by: owner)
            let place = "/api/v1/auth/users/\(added.body["user_id"]?.text ?? "")"
            #expect(added.status == 201 && added.body["role"]?.text == "editor" && added.fields["Location"] == place)
            let again = try await world.add("bob@example.org", "project_editor", by: owner)
            #expect(again.body == added.body && again.fields["Idempotency-Replayed"] == "true")
            let bob = try #require(try await world.signIn("bob@example.org").body["access_token"]?.text)
            let refused = try await world.ask(.get, "/api/v1/auth/users", as: bob)
            #expect(refused.status == 403 && refused.body["error_code"]?.text == "AUTH-FORBIDDEN-002")
            #expect(refused.body["required_role"]?.text == "admin" && refused.body["actual_role"]?.text == "editor")
            let change = JSONValue.object(["role": .string("admin"), "name": .string("Bob")])
            let changed = try await world.ask(.patch, place, change, as: owner, with: ["Idempotency-Key": "c1"])
            #expect(changed.status == 200 && changed.body["role"]?.text == "admin")
            // A right counts from the next request on.
            let list = try await world.ask(.get, "/api/v1/auth/users?limit=2", as: bob)
            #expect(list.status == 200 && list.body["items"]?.items.count == 2 && list.fields["Link"] != nil)
            let next = try await world.ask(
                .get, "/api/v1/auth/users?cursor=\(list.body["next_cursor"]?.text ?? "")", as: bob)
            #expect(next.body["items"]?.items.count == 1)
            let gone = try await world.ask(.delete, place, as: owner, with: ["Idempotency-Key": "d1"])
            let out = try await world.ask(.get, "/api/v1/auth/me", as: bob)
            let shown = try await world.ask(.get, place, as: owner)
            let back = try await world.signIn("bob@example.org")
            #expect([gone, out, shown, back].map(\.status) == [204, 401, 404, 401])
            let actions = try await world.actions()
            for action in ["user.created", "user.changed", "user.removed"] { #expect(actions.contains(action)) }
            let log = try await world.ask(.get, "/api/v1/auth/audit/logs?limit=200", as: owner)
            let row = log.body["items"]?.items.first { $0["action"]?.text == "user.changed" }
            #expect(row?["before"]?.text?.contains("editor") == true && row?["after"]?.text?.contains("admin") == true)
            #expect(row?["trace_id"]?.text?.count == 32)
        }
    }

    @Test("keep an owner, and nobody gives or takes what he has not", arguments: GatewayWorld.Ground.allCases)
    func limits(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let session = try await world.settle()
            let owner = try #require(session["access_token"]?.text)
            let place = "/api/v1/auth/users/\(session["user_id"]?.text ?? "")"
            let last = try await world.ask(.delete, place, as: owner, with: ["Idempotency-Key": "d1"])
            let lower = try await world.ask(
                .patch, place, .object(["role": .string("viewer")]), as: owner, with: ["Idempotency-Key": "d2"])
            #expect(last.status == 409 && lower.status == 409)
            _ = try await world.add("bob@example.org", "admin", by: owner)
            let admin = try #require(try await world.signIn("bob@example.org").body["access_token"]?.text)
            let higher = try await world.add("eve@example.org", "owner", by: admin, key: "a2")
            let reset = try await world.ask(
                .post, place + "/reset-password", .object(["password": .string("another long one")]), as: admin,
                with: ["Idempotency-Key": "p1"])
            #expect(higher.status == 403 && higher.body["required_scope"]?.text == "tenant:own" && reset.status == 403)
            let second = try await world.add("eve@example.org", "owner", by: owner, key: "a3")
            let first = try await world.ask(.delete, place, as: owner, with: ["Idempotency-Key": "d3"])
            #expect(second.status == 201 && first.status == 204)
        }
    }

    @Test("of another tenant are not there", arguments: GatewayWorld.Ground.allCases)
    func foreign(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let place = "/api/v1/auth/users/\(try await world.settle()["user_id"]?.text ?? "")"
            let key: HTTPFields = ["Idempotency-Key": "k1"]
            let shown = try await world.ask(.get, place, as: "key-stranger")
            let changed = try await world.ask(
                .patch, place, .object(["name": .string("x")]), as: "key-stranger", with: key)
            let gone = try await world.ask(.delete, place, as: "key-stranger", with: ["Idempotency-Key": "k2"])
            let reset = try await world.ask(
                .post, place + "/reset-password", .object(["password": .string("another long one")]),
                as: "key-stranger", with: ["Idempotency-Key": "k3"])
            #expect([shown, changed, gone, reset].map(\.status) == [404, 404, 404, 404])
            let list = try await world.ask(.get, "/api/v1/auth/users", as: "key-stranger")
            let log = try await world.ask(.get, "/api/v1/auth/audit/logs", as: "key-stranger")
            #expect(list.body["items"]?.items.isEmpty == true && log.body["items"]?.items.isEmpty == true)
        }
    }

    @Test(
        "change their own password with the one they have, and all their sessions end",
        arguments: GatewayWorld.Ground.allCases)
    func password(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let session = try await world.settle()
            let token = try #require(session["access_token"]?.text)
            let place = "/api/v1/auth/users/\(session["user_id"]?.text ?? "")/reset-password"
            let bare = JSONValue.object(["password": .string("another long one")])
            let whole = JSONValue.object([
                "password": .string("another long one"), "current_password": .string(GatewayWorld.password),
            ])
            let refused = try await world.ask(.post, place, bare, as: token, with: ["Idempotency-Key": "p1"])
            let done = try await world.ask(.post, place, whole, as: token, with: ["Idempotency-Key": "p2"])
            let out = try await world.ask(.get, "/api/v1/auth/me", as: token)
            let old = try await world.signIn()
            let new = try await world.signIn("ada@example.org", "another long one")
            #expect([refused, done, out, old, new].map(\.status) == [401, 204, 401, 401, 200])
        }
    }

    @Test("work in the projects they are seated in, and in no other", arguments: GatewayWorld.Ground.allCases)
    func seats(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let owner = try #require(try await world.settle()["access_token"]?.text)
            let added = try await world.add("bob@example.org", "viewer", by: owner)
            let bob = try #require(try await world.signIn("bob@example.org").body["access_token"]?.text)
            let acl = "/api/v1/auth/projects/local/acl"
            let place = acl + "/\(added.body["user_id"]?.text ?? "")"
            let before = try await world.ask(
                .post, "/api/v1/tasks", GatewayWorld.story(), as: bob, with: ["Idempotency-Key": "t1"])
            let seated = try await world.ask(
                .put, place, .object(["role": .string("editor")]), as: owner, with: ["Idempotency-Key": "s1"])
            let members = try await world.ask(.get, acl, as: owner)
            _ = try await world.submit(key: "t2", as: bob)
            let unseated = try await world.ask(.delete, place, as: owner, with: ["Idempotency-Key": "s2"])
            let after = try await world.ask(
                .post, "/api/v1/tasks", GatewayWorld.story(), as: bob, with: ["Idempotency-Key": "t3"])
            #expect(before.status == 403 && seated.status == 200 && unseated.status == 204 && after.status == 403)
            #expect(members.body["items"]?.items.map { $0["role"]?.text } == ["editor"])
        }
    }
}

@Suite("A token of somebody's own")
struct TokenTests {
    @Test(
        "has some of his rights, is shown once, and ends when it is revoked, over or used after he left",
        arguments: GatewayWorld.Ground.allCases)
    func life(_ ground: GatewayWorld.Ground) async throws {
        let clock = MovedClock()
        try await GatewayWorld.open(ground, at: clock) { world in
            let owner = try #require(try await world.settle()["access_token"]?.text)
            let made = try await world.token(["runs:read"], key: "k1", by: owner, until: clock.now() + .seconds(600))
            let token = try #require(made.body["token"]?.text)
            #expect(made.status == 201 && token.hasPrefix("ak_"))
            let again = try await world.token(["runs:read"], key: "k1", by: owner, until: nil)
            #expect(again.status == 409, "another end is another request")
            let list = try await world.ask(.get, "/api/v1/runs", as: token)
            let write = try await world.ask(
                .post, "/api/v1/tasks", GatewayWorld.story(), as: token, with: ["Idempotency-Key": "t1"])
            #expect(list.status == 200 && write.status == 403)
            let more = try await world.token(["runs:write"], key: "k2", by: token, until: nil)
            let link = try await world.ask(.post, "/api/v1/auth/links", as: token)
            #expect(more.status == 403 && link.status == 403, "it gives no more than it has")
            let shown = try await world.ask(.get, "/api/v1/auth/tokens", as: owner).body["items"]?[0]
            #expect(shown?["last_used_at"]?.text != nil && shown?["token"] == nil && shown?["hash"] == nil)
            clock.move(.seconds(601))
            let late = try await world.ask(.get, "/api/v1/runs", as: token)
            #expect(late.status == 401)
        }
    }

    @Test(
        "is told once: under its key again it comes without its secret; revoked, it is good no more",
        arguments: GatewayWorld.Ground.allCases)
    func revoked(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let owner = try #require(try await world.settle()["access_token"]?.text)
            let made = try await world.token(["runs:read"], key: "k1", by: owner, until: nil)
            let again = try await world.token(["runs:read"], key: "k1", by: owner, until: nil)
            #expect(
                again.status == 201 && again.body["token"] == nil && again.body["token_id"] == made.body["token_id"])
            let token = try #require(made.body["token"]?.text)
            let before = try await world.ask(.get, "/api/v1/runs", as: token)
            let place = "/api/v1/auth/tokens/\(made.body["token_id"]?.text ?? "")"
            let gone = try await world.ask(.delete, place, as: owner, with: ["Idempotency-Key": "d1"])
            let after = try await world.ask(.get, "/api/v1/runs", as: token)
            let twice = try await world.ask(.delete, place, as: owner, with: ["Idempotency-Key": "d2"])
            #expect([before, gone, after, twice].map(\.status) == [200, 204, 401, 404])
            let actions = try await world.actions()
            #expect(actions.contains("token.created") && actions.contains("token.revoked"))
        }
    }

    @Test("of a program has at most what the program may do", arguments: GatewayWorld.Ground.allCases)
    func program(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let owner = try #require(try await world.settle()["access_token"]?.text)
            let wish = JSONValue.object([
                "name": .string("nightly"), "scopes": .array([.string("runs:read"), .string("runs:write")]),
            ])
            let made = try await world.ask(
                .post, "/api/v1/auth/service-accounts", wish, as: owner, with: ["Idempotency-Key": "s1"])
            let user = made.body["user_id"]?.text
            #expect(made.status == 201 && made.body["role"]?.text == "service" && made.body["email"] == nil)
            let more = try await world.token(["audit:read"], key: "k1", by: owner, until: nil, for: user)
            let some = try await world.token(["runs:write"], key: "k2", by: owner, until: nil, for: user)
            #expect(more.status == 403 && some.status == 201)
            let token = try #require(some.body["token"]?.text)
            let run = try await world.submit(key: "t1", as: token)
            let read = try await world.ask(.get, "/api/v1/runs/\(run)", as: token)
            #expect(read.status == 403)
        }
    }
}

extension GatewayWorld {
    func add(_ email: String, _ role: String, by token: String, key: String = "a1") async throws -> Said {
        let wish = JSONValue.object([
            "email": .string(email), "role": .string(role), "password": .string(Self.password),
        ])
        return try await ask(.post, "/api/v1/auth/users", wish, as: token, with: ["Idempotency-Key": key])
    }

    func token(
        _ scopes: [String], key: String, by token: String, until end: Timestamp?, for user: String? = nil
    ) async throws -> Said {
        var wish: [String: JSONValue] = ["name": .string("a script"), "scopes": .array(scopes.map { .string($0) })]
        wish["expires_at"] = end.map { .string($0.text) }
        wish["user_id"] = user.map { .string($0) }
        return try await ask(.post, "/api/v1/auth/tokens", .object(wish), as: token, with: ["Idempotency-Key": key])
    }
}
