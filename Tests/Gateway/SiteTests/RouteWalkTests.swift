// GatewayTests · tests · sees Contracts, HTTP, HTTPClientDriver, Ports, Web, Wire
import Contracts
import HTTP
import HTTPClientDriver
import Ports
import Testing
import Web
import Wire

/// What holds for every route there is: whoever adds one is asked the same.
@Suite("Every route")
struct RouteWalkTests {
    /// What a path can name: something that is there, of the tenant `local`. A new kind of name has to be made here.
    private static func things(_ world: GatewayWorld) async throws -> [String: String] {
        func made(_ path: String, _ body: [String: JSONValue], _ find: (JSONValue) -> String?) async throws -> String {
            let said = try await world.ask(
                .post, path, .object(body), with: ["Idempotency-Key": "walk \(path)"])
            return try #require(find(said.body), "\(path) answered \(said)")
        }
        var things = [
            "run_id": try await world.submit(key: "walk").rawValue, "chapter_id": try await world.chapter("Words."),
            "project_id": "local", "gate": "plan", "shot_id": "S0001", "patch_id": "patch_1", "delivery_id": "ntc_1",
            "node_id": "node_1", "event_id": "evt_1",
        ]
        world.knowing.know { $0.nodes = [OpsTests.nodeView()] }
        world.knowing.know { $0.dead = [OpsTests.letter] }
        things["upload_id"] = try await world.announce([1, 2, 3]).body["upload_id"]?.text
        things["novel_id"] = try await made(
            "/api/v1/projects/local/novels", ["title": .string("Sea")]
        ) { $0["novel_id"]?.text }
        things["webhook_id"] = try await made(
            "/api/v1/webhooks", ["url": .string("https://client.example/")]
        ) { $0["webhook"]?["webhook_id"]?.text }
        things["user_id"] = try await made(
            "/api/v1/auth/users",
            [
                "email": .string("walk@client.example"), "display_name": .string("Walk"), "role": .string("viewer"),
                "password": .string("a long enough password"),
            ]
        ) { $0["user_id"]?.text ?? $0["id"]?.text }
        things["token_id"] = try await made(
            "/api/v1/auth/tokens", ["name": .string("walk"), "scopes": .array([.string("runs:read")])]
        ) { $0["token_id"]?.text ?? $0["id"]?.text ?? $0["access_token"]?["token_id"]?.text }
        things["artifact_id"] = try await artifact(of: things["run_id"], world)
        return things
    }

    private static func artifact(of run: String?, _ world: GatewayWorld) async throws -> String {
        let run = RunID(trusted: try #require(run))
        let stored = try await world.objects.put(Array("film".utf8))
        var meta = ArtifactMeta(
            artifactID: world.mint.name(), type: .finalVideo, key: stored.key, sizeBytes: stored.sizeBytes,
            createdAt: Timestamp(microseconds: 1))
        meta.runID = run
        try await world.say(.runSucceeded, RunSucceeded(runID: run, outcome: .success, artifacts: [meta]), about: run)
        let isOver = try await world.becomes(run, "succeeded")
        #expect(isOver)
        return meta.artifactID.rawValue
    }

    private struct Asked: Sendable, CustomStringConvertible {
        let route: Route
        let target: String
        let body: JSONValue?

        var description: String { "\(route.method.rawValue) \(target)" }
    }

    private static func walk(
        _ world: GatewayWorld, where wanted: (Route) -> Bool = { _ in true },
        _ visit: (Asked) async throws -> Void
    ) async throws {
        let things = try await things(world)
        for route in world.site.routes where wanted(route) && !route.isHidden {
            var target = route.path
            for parameter in route.parameters where parameter.place == .path {
                let name = try #require(things[parameter.name], "nobody makes a \(parameter.name) for \(route.path)")
                target = target.replacing("{\(parameter.name)}", with: name)
            }
            try await visit(
                Asked(route: route, target: target, body: route.body?.read == nil ? nil : route.body?.example))
        }
    }

    private static func ask(
        _ asked: Asked, _ world: GatewayWorld, as token: String?, _ body: [UInt8]? = nil
    ) async throws -> GatewayWorld.Said {
        var fields: HTTPFields = ["Idempotency-Key": "walk-\(asked.route.id)-\(token ?? "")"]
        fields["Authorization"] = token.map { "Bearer \($0)" }
        var bytes = body ?? asked.body.map { JSON.text(of: $0) }
        if bytes != nil { fields["Content-Type"] = "application/json" }
        if asked.route.body?.type.essence == "multipart/form-data" {
            fields["Content-Type"] = "multipart/form-data; boundary=walk"
            bytes = Array("--walk--\r\n".utf8)
        }
        let call = HTTPCall(
            asked.route.method, world.place + asked.target, fields, body: bytes.map { .bytes($0) } ?? .none)
        return try await world.said(call)
    }

    @Test("that is not open asks who is there: 401 with the words of a problem")
    func nobody() async throws {
        try await GatewayWorld.open { world in
            try await Self.walk(world, where: { $0.scopes != nil }) { asked in
                for token in [nil, "nonsense"] {
                    let said = try await Self.ask(asked, world, as: token)
                    #expect(said.status == 401, "\(asked)")
                    #expect(said.body["error_code"]?.text == "AUTH-TOKEN-003", "\(asked)")
                    #expect(said.fields["WWW-Authenticate"] != nil, "\(asked)")
                }
            }
        }
    }

    @Test("that needs a right is closed to whoever lacks it: 403, saying which")
    func lowly() async throws {
        try await GatewayWorld.open { world in
            try await Self.walk(world, where: { !($0.scopes ?? []).isEmpty }) { asked in
                let said = try await Self.ask(asked, world, as: "key-nobody")
                #expect(said.status == 403 && said.body["error_code"]?.text == "AUTH-FORBIDDEN-002", "\(asked)")
                #expect(said.body["required_scope"] != nil && said.body["actual_role"] != nil, "\(asked)")
            }
        }
    }

    @Test("that names something of another tenant knows of no such thing: 404")
    func stranger() async throws {
        try await GatewayWorld.open { world in
            try await Self.walk(world, where: { $0.scopes != nil && $0.path.contains("{") }) { asked in
                let said = try await Self.ask(asked, world, as: "key-stranger")
                #expect(said.status == 404 && said.body["error_code"]?.text == "REQ-NOT_FOUND-002", "\(asked)")
            }
        }
    }

    @Test("that takes JSON refuses what is none, what is too long and what is of another type, and says where")
    func bodies() async throws {
        try await GatewayWorld.open { world in
            try await Self.walk(world, where: { $0.body?.read != nil }) { asked in
                let body = try #require(asked.route.body)
                let broken = try await Self.ask(asked, world, as: "key-owner", Array("{\"a\":".utf8))
                #expect(broken.status == 400 && broken.body["error_code"]?.text == "REQ-VALIDATION-001", "\(asked)")
                let long = try await Self.ask(
                    asked, world, as: "key-owner", [UInt8](repeating: 0x20, count: body.limit + 1))
                #expect(long.status == 413, "\(asked)")
                let field = try #require(body.shape?.fields.first)
                let wrong = JSONValue.object([field.name: .array([.array([])])])
                let refused = try await Self.ask(asked, world, as: "key-owner", JSON.text(of: wrong))
                #expect(refused.status == 422, "\(asked)")
                let pointers = refused.body["errors"]?.items.compactMap { $0["pointer"]?.text } ?? []
                #expect(pointers.contains { $0.hasPrefix("#/\(field.name)") }, "\(asked): \(pointers)")
                let text = try await Self.ask(asked, world, as: "key-owner", Array("[]".utf8))
                #expect(text.status == 422 && text.body["errors"]?[0]?["pointer"]?.text == "#", "\(asked)")
            }
        }
    }

    @Test("that writes asks for a key, except where nothing can be done twice")
    func keys() async throws {
        // What may be said again without harm, or must not be kept: the settled exemptions.
        let exempt: Set<String> = [
            "login", "refreshSession", "logout", "setUp", "makeLink", "makeArtifactURL", "submitTask", "submitRun",
        ]
        try await GatewayWorld.open { world in
            for route in world.site.routes where ![.get, .head].contains(route.method) && !route.isHidden {
                let takesKey = route.parameters.contains { $0.name == "Idempotency-Key" && $0.isRequired }
                #expect(takesKey || exempt.contains(route.id), "\(route.id)")
            }
        }
    }

    @Test("is shown with an example of what it takes and of what it answers")
    func examples() async throws {
        try await GatewayWorld.open { world in
            for route in world.site.routes where !route.isHidden {
                #expect(!route.tag.isEmpty || route.id == "getOpenAPI" || route.path == "/openapi.json", "\(route.id)")
                for answer in route.answers where answer.status.isSuccess && answer.type != nil {
                    #expect(answer.example != nil, "\(route.id) \(answer.status.code)")
                }
            }
        }
    }
}
