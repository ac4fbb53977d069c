// DoorTests · tests · sees Contracts, HTTP, Telemetry, Web
import Contracts
import HTTP
import Telemetry
import Testing
import Web

@Suite("a site")
struct WebTests {
    private let call: WebCall

    init() throws { call = WebCall(try WebDemo().site) }

    private func aNote(_ call: WebCall, title: String = "Milk") async throws -> String {
        let made = try await call.post(
            "/api/v1/notes", #"{"title":"\#(title)","text":"Hello, world"}"#, ["Idempotency-Key": "k"])
        #expect(made.status == 201)
        return try #require(made["Location"])
    }

    // MARK: finding the route

    @Test("says what is wrong with a path, and which methods it takes")
    func routing() async throws {
        #expect(try await call.get("/nothing").status == 404)
        #expect(try await call.get("/healthz/").status == 404)
        #expect(try await call.get("//healthz").status == 404)
        #expect(try await call.get("/api/v1/notes/%2e%2e").status == 400)
        let wrong = try await call.send(.delete, "/healthz")
        #expect(wrong.status == 405)
        #expect(wrong["Allow"] == "GET, HEAD, OPTIONS")
        let asked = try await call.send(.options, "/api/v1/notes")
        #expect(asked.status == 204)
        #expect(asked["Allow"] == "GET, HEAD, OPTIONS, POST")
        #expect(asked["Access-Control-Allow-Origin"] == nil)
        #expect(try await call.send(HTTPMethod(rawValue: "BREW"), "/healthz").status == 405)
        #expect(try await call.send(.head, "/healthz").status == 200)
    }

    @Test("a request names one host")
    func host() async throws {
        var call = call
        for host in [nil, "", "a b", "user@host", "host:99999"] {
            call.fields["Host"] = host
            #expect(try await call.get("/healthz").status == 400)
        }
    }

    @Test("a site that knows its names answers to no other, and lets no foreign page write")
    func foreign() async throws {
        var manners = Manners()
        manners.hosts = ["localhost"]
        manners.origins = ["https://studio.example"]
        let site = try Stand.site(manners)
        var call = WebCall(site)
        #expect(try await call.get("/thing").status == 200)
        call.fields["Host"] = "evil.example"
        #expect(try await call.get("/thing").status == 421)
        call.fields["Host"] = "localhost:8080"
        for origin in ["https://evil.example", "null", "http://localhost:9"] {
            #expect(try await call.send(.post, "/thing", ["Origin": origin]).status == 403)
        }
        #expect(try await call.send(.post, "/thing", ["Origin": "http://localhost:8080"]).status == 200)
        let guest = try await call.send(.post, "/thing", ["Origin": "https://studio.example"])
        #expect(guest["Access-Control-Allow-Origin"] == "https://studio.example")
        let asked = try await call.send(
            .options, "/thing", ["Origin": "https://studio.example", "Access-Control-Request-Method": "POST"])
        #expect(asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST")
    }

    @Test("two routes at one place, or a word nobody reads, are no site")
    func badRoutes() {
        let fine = Route.get("/a/{x}", "a", "A").answers(.empty(204, "done"))
        #expect(throws: RouteFault.self) { try Stand.site(Manners(), [fine]) }
        let taken = fine.takes(Parameter.path("x", String.self, "x"))
        #expect(throws: RouteFault.self) { try Stand.site(Manners(), [taken, taken]) }
        #expect(throws: Never.self) { try Stand.site(Manners(), [taken]) }
    }

    // MARK: what is checked before the handler

    @Test("every fault of a request is said at once, with its place")
    func faults() async throws {
        let answer = try await call.get("/api/v1/notes?limit=0&mood=sad&limit=2")
        #expect(answer.status == 422)
        #expect(answer["Content-Type"] == "application/problem+json")
        let problem = try answer.json
        #expect(problem["error_code"] == .string("REQ-VALIDATION-001"))
        #expect(problem["retryable"] == .bool(false))
        #expect(problem["owner_module"] == .string("gateway"))
        guard case .array(let faults)? = problem["errors"] else { throw Missing() }
        #expect(faults.map { $0["parameter"] } == [.string("limit"), .string("mood")])
        for bad in ["1.5", "1e1000", "0x10", "+1", " 1", "", "99999999999999999999", "true", "101"] {
            #expect(try await call.get("/api/v1/notes?limit=\(PercentCoding.encoded(bad))").status == 422, "\(bad)")
        }
    }

    @Test("a body is read as the document says, with pointers to what is wrong")
    func body() async throws {
        let key: HTTPFields = ["Idempotency-Key": "k"]
        let bad = try await call.post(
            "/api/v1/notes", #"{"title":"","text":7,"mood":"sad","tags":["a",1,"b"]}"#, key)
        #expect(bad.status == 422)
        guard case .array(let faults)? = try bad.json["errors"] else { throw Missing() }
        #expect(faults.map { $0["pointer"] } == ["#/title", "#/text", "#/mood", "#/tags/1"].map { .string($0) })
        #expect(try await call.post("/api/v1/notes", #"{"title":"#, key).status == 400)
        #expect(try await call.post("/api/v1/notes", "[]", key).status == 422)
        #expect(try await call.send(.post, "/api/v1/notes", key, [0x22, 0xFF, 0x22]).status == 400)
        #expect(try await call.send(.post, "/api/v1/notes", key).status == 415)
        #expect(try await call.post("/api/v1/notes", "{}", key.with("Content-Type", "text/plain")).status == 415)
        let long = #"{"title":"a","text":"\#(String(repeating: "x", count: 70_000))"}"#
        #expect(try await call.post("/api/v1/notes", long, key).status == 413)
        #expect(try await call.post("/api/v1/notes", #"{"title":"a","text":"b"}"#).status == 422)
    }

    @Test("a text is as long as its characters, not its bytes")
    func characters() async throws {
        let title = String(repeating: "你", count: 128)
        _ = try await aNote(call, title: title)
        let long = try await call.post(
            "/api/v1/notes", #"{"title":"\#(title)你","text":""}"#, ["Idempotency-Key": "k"])
        #expect(long.status == 422)
    }

    @Test("who is nobody is told to sign in, and who may not is told what is missing")
    func signIn() async throws {
        var stranger = call
        stranger.fields["Authorization"] = nil
        let answer = try await stranger.get("/api/v1/notes")
        #expect(answer.status == 401)
        #expect(answer["WWW-Authenticate"] == "Bearer")
        #expect(try await stranger.get("/healthz").status == 200)
        var manners = Manners()
        manners.authenticate = { _ in Principal("p", tenant: "t", scopes: []) }
        let site = try Stand.site(
            manners, [Route.get("/x", "x", "X").needs("ops").answers(.empty(204, "done")).replies { _, _ in .none }])
        #expect(try await WebCall(site).get("/x").status == 403)
    }

    @Test("nothing is sent that the client cannot read")
    func accept() async throws {
        #expect(try await call.get("/healthz", ["Accept": "text/html"]).status == 406)
        #expect(try await call.get("/healthz", ["Accept": "text/html, */*;q=0.1"]).status == 200)
    }

    // MARK: what is answered

    @Test("a client that has it already is told so")
    func conditional() async throws {
        let place = try await aNote(call)
        let first = try await call.get(place)
        let tag = try #require(first["ETag"])
        let again = try await call.get(place, ["If-None-Match": tag])
        #expect(again.status == 304)
        #expect(again.bytes == [])
        #expect(again["ETag"] == tag)
        let changed = #"{"title":"Bread","text":"two"}"#
        let replaced = try await call.send(.put, place, ["If-Match": tag], Array(changed.utf8))
        #expect(replaced.status == 200)
        #expect(try await call.send(.put, place, ["If-Match": tag], Array(changed.utf8)).status == 412)
        #expect(try await call.get(place, ["If-None-Match": tag]).status == 200)
    }

    @Test("a file comes whole, in parts, or not at all when it is there already")
    func file() async throws {
        let place = try await aNote(call, title: "Größe \\\"x") + "/file"
        let whole = try await call.get(place)
        #expect(whole.text == "Hello, world")
        #expect(whole["Accept-Ranges"] == "bytes")
        #expect(
            whole["Content-Disposition"]
                == #"inline; filename="Gr__e \"x.txt"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22x.txt"#)
        let part = try await call.get(place, ["Range": "bytes=7-100"])
        #expect(part.status == 206)
        #expect(part.text == "world")
        #expect(part["Content-Range"] == "bytes 7-11/12")
        let outside = try await call.get(place, ["Range": "bytes=12-"])
        #expect(outside.status == 416)
        #expect(outside["Content-Range"] == "bytes */12")
        let tag = try #require(whole["ETag"])
        #expect(try await call.get(place, ["If-None-Match": tag]).status == 304)
        #expect(try await call.get(place, ["Range": "bytes=0-0", "If-Range": tag]).text == "H")
        #expect(try await call.get(place, ["Range": "bytes=0-0", "If-Range": "\"old\""]).status == 200)
    }

    @Test("a list goes on where its cursor says, and a cursor from elsewhere is none")
    func pages() async throws {
        for title in ["a", "b", "c"] { _ = try await aNote(call, title: title) }
        let first = try await call.get("/api/v1/notes?limit=2")
        guard case .string(let cursor)? = try first.json["next_cursor"] else { throw Missing() }
        #expect(first["Link"] == "</api/v1/notes?limit=2&cursor=\(cursor)>; rel=\"next\"")
        let second = try await call.get("/api/v1/notes?limit=2&cursor=\(cursor)")
        guard case .array(let items)? = try second.json["items"] else { throw Missing() }
        #expect(items.map { $0["title"] } == [.string("c")])
        #expect(try second.json["next_cursor"] == nil)
        #expect(try await call.get("/api/v1/notes?cursor=c29tZQ").status == 404)
    }

    @Test("events come with their ids, from where the client stopped")
    func events() async throws {
        let place = try await aNote(call)
        let change = Array(#"{"title":"Bread","text":"two"}"#.utf8)
        _ = try await call.send(.put, place, [:], change)
        var reader = EventStreamReader()
        let all = try await call.get(place + "/events")
        #expect(all["Content-Type"] == "text/event-stream")
        #expect(try reader.read(all.bytes).map(\.id) == ["1", "2"])
        #expect(reader.retry == .seconds(2))
        let rest = try await call.get(place + "/events", ["Last-Event-ID": "1"])
        #expect(try reader.read(rest.bytes).map(\.id) == ["2"])
    }

    @Test("a form is held against its shape")
    func form() async throws {
        func send(_ parts: [(String, String)]) async throws -> WebCall.Answered {
            let body = parts.map { "--b\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\n\($1)\r\n" }.joined()
            return try await call.post(
                "/api/v1/uploads", body + "--b--", ["Content-Type": "multipart/form-data; boundary=b"])
        }
        let fine = try await send([("kind", "sound"), ("file", "1234")])
        #expect(fine.status == 201)
        #expect(fine.text == #"{"bytes":4}"#)
        let bad = try await send([("kind", "smell"), ("else", "x")])
        guard case .array(let faults)? = try bad.json["errors"] else { throw Missing() }
        #expect(faults.map { $0["pointer"] } == ["#/else", "#/kind", "#/file"].map { .string($0) })
        #expect(try await send([("kind", "sound"), ("kind", "sound"), ("file", "")]).status == 422)
        let torn = try await call.post(
            "/api/v1/uploads", "--b\r\n", ["Content-Type": "multipart/form-data; boundary=b"])
        #expect(torn.status == 400)
        let unbound = try await call.post("/api/v1/uploads", "--b--", ["Content-Type": "multipart/form-data"])
        #expect(unbound.status == 400)
    }
}

struct Missing: Error {}

extension HTTPFields {
    func with(_ name: String, _ value: String) -> HTTPFields {
        var fields = self
        fields[name] = value
        return fields
    }
}

/// A site of a few lines.
enum Stand {
    static func site(
        _ manners: Manners, _ routes: [Route]? = nil, log: Log = .silent, tracer: Tracer = .silent
    ) throws -> Site {
        let thing = Route.get("/thing", "getThing", "Shows it").open().answers(.empty(200, "it")).now { _ in
            HTTPResponse(200)
        }
        let make = Route.post("/thing", "makeThing", "Makes it").open().answers(.empty(200, "it")).now { _ in
            HTTPResponse(200)
        }
        let ground = Ground(
            owner: .gateway, clock: DemoClock(), entropy: DemoEntropy(), log: log, tracer: tracer)
        return try Site(SiteTitle("Stand", version: "1", "A stand."), routes ?? [thing, make], manners, on: ground)
    }
}
