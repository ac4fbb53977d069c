// GatewayTests · tests · sees Contracts, GatewayCore, HTTP, Kit, Wire
import Contracts
import GatewayCore
import HTTP
import Kit
import Testing
import Wire

@Suite("A webhook")
struct HookRouteTests {
    typealias Ground = GatewayWorld.Ground

    private func open(
        _ url: String, _ events: [String] = [], key: String = "h1", _ world: GatewayWorld
    ) async throws -> (id: String, secret: HookSecret) {
        let wish = JSONValue.object(["url": .string(url), "events": .array(events.map { .string($0) })])
        let said = try await world.ask(.post, "/api/v1/webhooks", wish, with: ["Idempotency-Key": key])
        #expect(said.status == 201)
        let secret = try #require(said.body["secret"]?.text.flatMap(HookSecret.init(text:)))
        return (try #require(said.body["webhook"]?["webhook_id"]?.text), secret)
    }

    private func isSigned(_ heard: Receiver.Heard, by secret: HookSecret) throws -> Bool {
        let (id, time) = (try #require(heard.fields["webhook-id"]), try #require(heard.fields["webhook-timestamp"]))
        let signature = secret.signature(of: id, at: try #require(Int64(time)), heard.body)
        return heard.fields["webhook-signature"]?.split(separator: " ").contains(Substring(signature)) == true
    }

    @Test("is told over HTTP what happens to a run, signed, as soon as it is heard", arguments: Ground.allCases)
    func told(_ ground: Ground) async throws {
        try await Receiver.open { receiver, place in
            try await GatewayWorld.open(ground) { world in
                let (id, secret) = try await open(place + "/hook", ["run.created", "run.finished"], world)
                let run = try await world.submit()
                try await world.say(
                    .runCreated, RunCreated(runID: run, taskID: TaskID(trusted: "task_1"), absentSkills: []), about: run
                )
                let isHeard = try await eventually { receiver.heard.count == 1 }
                #expect(isHeard)
                let heard = try #require(receiver.heard.first)
                #expect(heard.path == "/hook" && heard.fields["Content-Type"] == "application/json")
                #expect(try isSigned(heard, by: secret))
                let body = try JSON.value(of: Array(heard.body.utf8))
                #expect(body["event_type"]?.text == "run.created" && body["run_id"]?.text == run.rawValue)
                let isNoted = try await eventually {
                    let said = try await world.ask(.get, "/api/v1/webhooks/\(id)/deliveries?state=delivered")
                    return said.body["items"]?[0]?["delivery_id"]?.text == heard.fields["webhook-id"]
                }
                #expect(isNoted)
            }
        }
    }

    @Test("of a submission is told of its run alone, and its secret is in the answer, also when that comes again")
    func bound() async throws {
        try await Receiver.open { receiver, place in
            try await GatewayWorld.open { world in
                guard case .object(var wish) = GatewayWorld.story() else { return }
                wish["webhook"] = .object(["url": .string(place), "events": .array([.string("run.created")])])
                let key: HTTPFields = ["Idempotency-Key": "k1"]
                let said = try await world.ask(.post, "/api/v1/tasks", .object(wish), with: key)
                let again = try await world.ask(.post, "/api/v1/tasks", .object(wish), with: key)
                #expect(said.status == 202 && again.body["webhook"] == said.body["webhook"])
                let secret = try #require(said.body["webhook"]?["secret"]?.text.flatMap(HookSecret.init(text:)))
                let mine = try #require(said.body["run_id"]?.text.flatMap(RunID.init(rawValue:)))
                #expect(said.body["webhook"]?["webhook"]?["run_id"]?.text == mine.rawValue)
                let other = try await world.submit(key: "k2")
                for run in [other, mine] {
                    try await world.say(
                        .runCreated, RunCreated(runID: run, taskID: TaskID(trusted: "task_1"), absentSkills: []),
                        about: run)
                }
                let isHeard = try await eventually { !receiver.heard.isEmpty }
                #expect(isHeard)
                #expect(try receiver.heard.allSatisfy { try isSigned($0, by: secret) })
                #expect(receiver.heard.count == 1 && receiver.heard[0].body.contains(mine.rawValue))
                wish["webhook"] = .object(["url": .string("ftp://x"), "events": .array([])])
                let wrong = try await world.ask(
                    .post, "/api/v1/tasks", .object(wish), with: ["Idempotency-Key": "k3"])
                #expect(wrong.status == 422 && wrong.body["errors"]?[0]?["pointer"]?.text == "#/webhook/url")
            }
        }
    }

    @Test("can be tested, and sent again what it had; a new secret signs beside the old one")
    func again() async throws {
        try await Receiver.open { receiver, place in
            try await GatewayWorld.open { world in
                let (id, old) = try await open(place, [], world)
                func post(_ path: String, _ key: String) async throws -> GatewayWorld.Said {
                    try await world.ask(.post, "/api/v1/webhooks/\(id)\(path)", with: ["Idempotency-Key": key])
                }
                let test = try await post("/test", "t1")
                #expect(test.status == 202 && test.body["event_type"]?.text == "webhook.test")
                let delivery = try #require(test.body["delivery_id"]?.text)
                #expect(try await eventually { receiver.heard.count == 1 } == true)
                let isNoted = try await eventually {
                    let said = try await world.ask(.get, "/api/v1/webhooks/\(id)/deliveries")
                    return said.body["items"]?[0]?["state"]?.text == "delivered"
                }
                #expect(isNoted)
                let rotated = try await post("/rotate-secret", "t2")
                let new = try #require(rotated.body["secret"]?.text.flatMap(HookSecret.init(text:)))
                #expect(new != old && rotated.body["previous_secret_until"] != nil)
                #expect(try await post("/deliveries/\(delivery)/redeliver", "t3").status == 202)
                #expect(try await eventually { receiver.heard.count == 2 } == true)
                let (first, second) = (receiver.heard[0], receiver.heard[1])
                #expect(first.fields["webhook-id"] == delivery && second.fields["webhook-id"] == delivery)
                #expect(try isSigned(second, by: old) && isSigned(second, by: new) && !isSigned(first, by: new))
                #expect(try await post("/deliveries/ntc_none/redeliver", "t4").status == 404)
            }
        }
    }

    @Test("that hangs or leads elsewhere has not heard, and holds up nobody")
    func unheard() async throws {
        try await Receiver.open { receiver, place in
            let hanging: @Sendable (Receiver.Heard) async -> HTTPResponse = { heard in
                if heard.path == "/away" { return HTTPResponse(307, ["Location": place + "/inside"]) }
                // Hangs until whoever calls hangs up.
                for await _ in AsyncStream<Void>.makeStream().stream {}
                return HTTPResponse(204)
            }
            try await Receiver.open(hanging) { _, other in
                try await GatewayWorld.open { world in
                    let (hung, _) = try await open(other + "/hang", key: "h1", world)
                    let (away, _) = try await open(other + "/away", key: "h2", world)
                    let (good, _) = try await open(place, key: "h3", world)
                    for (number, id) in [hung, away, good].enumerated() {
                        _ = try await world.ask(
                            .post, "/api/v1/webhooks/\(id)/test", with: ["Idempotency-Key": "t\(number)"])
                    }
                    #expect(try await eventually(within: .seconds(8)) { receiver.heard.count == 1 } == true)
                    func last(_ id: String) async throws -> JSONValue? {
                        try await world.ask(.get, "/api/v1/webhooks/\(id)/deliveries").body["items"]?[0]
                    }
                    #expect(try await eventually { try await last(away)?["last_status"] == .integer(307) } == true)
                    #expect(try await eventually { try await last(hung)?["last_error"] != nil } == true)
                    #expect(try await last(hung)?["state"]?.text == "pending")
                    #expect(receiver.heard.allSatisfy { $0.path == "/" }, "no redirection is followed")
                }
            }
        }
    }

    @Test("in a private network is refused, unless that is allowed")
    func barred() async throws {
        try await Receiver.open { receiver, _ in
            try await GatewayWorld.open(under: .init(allowsPrivateHooks: false)) { world in
                let plain = try await world.ask(
                    .post, "/api/v1/webhooks", .object(["url": .string("http://client.example/")]),
                    with: ["Idempotency-Key": "h1"])
                #expect(plain.status == 422 && plain.body["errors"]?[0]?["pointer"]?.text == "#/url")
                let (id, _) = try await open("https://127.0.0.1:1/", key: "h2", world)
                _ = try await world.ask(.post, "/api/v1/webhooks/\(id)/test", with: ["Idempotency-Key": "t1"])
                let isOver = try await eventually {
                    let said = try await world.ask(.get, "/api/v1/webhooks/\(id)/deliveries?state=given_up")
                    return said.body["items"]?[0]?["last_error"]?.text?.contains("refusedAddress") == true
                }
                #expect(isOver)
            }
        }
    }

    @Test("is its tenant's own, and is listed, changed and forgotten by those who may", arguments: Ground.allCases)
    func kept(_ ground: Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            var ids: [String] = []
            for number in 1...3 {
                ids.append(try await open("https://c.example/\(number)", key: "h\(number)", world).id)
            }
            let page = try await world.ask(.get, "/api/v1/webhooks?limit=2")
            let cursor = try #require(page.body["next_cursor"]?.text)
            let rest = try await world.ask(.get, "/api/v1/webhooks?limit=2&cursor=\(cursor)")
            let listed = [page, rest].flatMap { $0.body["items"]?.items ?? [] }.compactMap { $0["webhook_id"]?.text }
            #expect(Set(listed) == Set(ids) && listed.count == 3 && rest.body["next_cursor"] == nil)
            let one = "/api/v1/webhooks/\(ids[0])"
            #expect(try await world.ask(.get, one, as: "key-stranger").status == 404)
            #expect(try await world.ask(.get, one, as: "key-viewer").status == 403)
            #expect(try await world.ask(.get, one).body["secret"] == nil, "shown once")
            let changed = try await world.ask(
                .patch, one, .object(["active": .bool(false), "events": .array([.string("run.*")])]),
                with: ["Idempotency-Key": "c1"])
            #expect(changed.status == 200 && changed.body["active"] == .bool(false))
            #expect(try await world.ask(.get, one).body["events"]?[0]?.text == "run.*")
            let unheard = try await world.ask(
                .patch, one, .object(["events": .array([.string("run.*"), .string("no.such")])]),
                with: ["Idempotency-Key": "c2"])
            #expect(unheard.status == 422 && unheard.body["errors"]?[0]?["pointer"]?.text == "#/events/1")
            #expect(try await world.ask(.delete, one).status == 422, "no key")
            for _ in 1...2 {
                #expect(try await world.ask(.delete, one, with: ["Idempotency-Key": "d1"]).status == 204)
            }
            #expect(try await world.ask(.get, one).status == 404)
            #expect(try await world.ask(.delete, one, with: ["Idempotency-Key": "d2"]).status == 404)
        }
    }
}
