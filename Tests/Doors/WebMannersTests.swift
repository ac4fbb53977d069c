// DoorTests · tests · sees Contracts, HTTP, Ports, Telemetry, Web, Wire
import Contracts
import HTTP
import Ports
import Synchronization
import Telemetry
import Testing
import Web
import Wire

@Suite("the manners of a site")
struct WebMannersTests {
    private struct Secret: Error, CustomStringConvertible {
        let description = "the password is hunter2"
    }

    @Test("an error nobody knows is told to the log, not to the client")
    func unknownError() async throws {
        let lines = Mutex<[String]>([])
        let log = Log(threshold: .debug) { line in
            lines.withLock { $0.append("\(line.message) \(line.fields.map(\.value))") }
        }
        let route = Route.get("/x", "x", "X").open().answers(.empty(204, "done")).replies { _, _ in throw Secret() }
        let answer = try await WebCall(Stand.site(Manners(), [route], log: log)).get("/x")
        #expect(answer.status == 500)
        #expect(!answer.text.contains("hunter2"))
        #expect(try answer.json["error_code"] == .string("SYS-INTERNAL-001"))
        #expect(lines.withLock { $0.count } == 1)
        #expect(lines.withLock { $0[0].contains("hunter2") })
    }

    @Test("what the service stands on may be away or full: 503, when to come back, and its words stay in the log")
    func outside() async throws {
        let failures: [any Error & Sendable] = [
            DatabaseFailure(.unreachable, during: "run.open", cause: "hunter2"),
            DatabaseFailure(.full, during: "run.open", cause: "hunter2"),
            StoreFailure(.unreachable, during: "put", cause: "hunter2"),
            CoordinationFailure(.unreachable, during: "spend", cause: "hunter2"),
        ]
        for failure in failures {
            let lines = Mutex<[String]>([])
            let log = Log(threshold: .debug) { line in lines.withLock { $0.append("\(line.fields.map(\.value))") } }
            let route = Route.get("/x", "x", "X").open().answers(.empty(204, "done")).replies { _, _ in throw failure }
            let answer = try await WebCall(Stand.site(Manners(), [route], log: log)).get("/x")
            #expect(answer.status == 503 && answer["Retry-After"] == "5", "\(failure)")
            #expect(!answer.text.contains("hunter2"))
            #expect(try answer.json["retryable"] == .bool(true))
            #expect(lines.withLock { $0.joined().contains("hunter2") })
        }
        let bug = DatabaseFailure(.misuse, during: "run.open", cause: "hunter2")
        let route = Route.get("/x", "x", "X").open().answers(.empty(204, "done")).replies { _, _ in throw bug }
        #expect(try await WebCall(Stand.site(Manners(), [route])).get("/x").status == 500)
    }

    @Test("a failure that has a code keeps it, its owner and its next step")
    func report() async throws {
        let route = Route.get("/x", "x", "X").open().answers(.empty(204, "done")).replies { _, _ in
            throw FailureReport(.budgetExceeded, "it costs 12", owner: .planner, nextStep: "ask for less")
        }
        let problem = try await WebCall(Stand.site(Manners(), [route])).get("/x").json
        #expect(problem["error_code"] == .string(ErrorCode.budgetExceeded.rawValue))
        #expect(problem["owner_module"] == .string("planner"))
        #expect(problem["next_step"] == .string("ask for less"))
        #expect(problem["status"] == .integer(Int64(ErrorCode.budgetExceeded.httpStatus)))
    }

    @Test("a trace goes on, and a request keeps its caller's id")
    func trace() async throws {
        let call = WebCall(try Stand.site(Manners()))
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        let answer = try await call.get(
            "/thing", ["traceparent": "00-\(trace)-00f067aa0ba902b7-01", "X-Request-Id": "mine-1"])
        let mark = try #require(answer["traceparent"]?.split(separator: "-"))
        #expect(mark.count == 4 && mark[1] == trace && mark[2] != "00f067aa0ba902b7" && mark[3] == "01")
        #expect(answer["X-Request-Id"] == "mine-1")
        let bad = [
            "", "00-\(trace)-x-01", "00-\(String(repeating: "0", count: 32))-00f067aa0ba902b7-01",
            "ff-\(trace)-00f067aa0ba902b7-01",
        ]
        for header in bad {
            let answer = try await call.get("/thing", ["traceparent": header, "X-Request-Id": "a\u{7}b"])
            #expect(answer["traceparent"]?.contains(trace) == false)
            #expect(answer["X-Request-Id"]?.hasPrefix("req_") == true)
        }
    }

    @Test("a request is a span inside of its caller's, and what its handler does is inside of it")
    func span() async throws {
        let tracer = Tracer(isHeard: true, now: { 1 }, bits: { .random(in: .min ... .max) })
        let route = Route.get("/x", "x", "X").open().answers(.empty(204, "done")).replies { _, context in
            #expect(Tracer.here == context.trace)
            await tracer.span("inside") { _ in }
            return .none
        }
        let call = WebCall(try Stand.site(Manners(), [route], tracer: tracer))
        let header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        #expect(try await call.get("/x", ["traceparent": header]).status == 204)
        let spans = tracer.take().spans
        #expect(spans.map(\.name) == ["inside", "x"])
        #expect(spans.last?.parent?.description == "00f067aa0ba902b7")
        #expect(spans.first?.parent == spans.last?.context.span)
        #expect(Set(spans.map { "\($0.context.trace)" }) == ["4bf92f3577b34da6a3ce929d0e0e4736"])
        #expect(spans.last?.attributes["http.response.status_code"] == .number(204))
    }

    @Test("every answer says how it is to be read and kept")
    func fields() async throws {
        let call = WebCall(try WebDemo().site)
        for target in ["/healthz", "/nothing", "/api/v1/notes", "/%00"] {
            let answer = try await call.get(target)
            #expect(answer["X-Content-Type-Options"] == "nosniff")
            #expect(answer["Cache-Control"] == "no-store")
            #expect(answer["traceparent"] != nil)
        }
    }

    @Test("a handler that takes too long is stopped, and its client told")
    func patience() async throws {
        let wasStopped = Mutex(false)
        let route = Route.get("/x", "x", "X").open().within(.milliseconds(20)).answers(.empty(204, "done"))
            .replies { _, _ in
                do { try await Task.sleep(for: .seconds(60)) } catch {  // time is the subject
                    wasStopped.withLock { $0 = true }
                }
                return .none
            }
        let answer = try await WebCall(Stand.site(Manners(), [route])).get("/x")
        #expect(answer.status == 504)
        #expect(try answer.json["retryable"] == .bool(true))
        #expect(wasStopped.withLock { $0 })
    }

    @Test("what stands around every handler runs from the outside in")
    func middleware() async throws {
        let steps = Mutex<[String]>([])
        func around(_ name: String) -> Manners.Middleware {
            { _, context, next in
                steps.withLock { $0.append(name) }
                var answer = try await next(context)
                answer.fields.add("X-Passed", name)
                return answer
            }
        }
        var manners = Manners()
        manners.middleware = [around("outer"), around("inner")]
        let route = Route.get("/x", "x", "X").open().answers(.empty(204, "done")).replies { _, _ in .none }
        let answer = try await WebCall(Stand.site(manners, [route])).get("/x")
        #expect(steps.withLock { $0 } == ["outer", "inner"])
        #expect(answer.response.fields.values(of: "X-Passed") == ["inner", "outer"])
    }

    @Test("whoever counts hears of every answer by the name of its route")
    func heard() async throws {
        let heard = Mutex<[String]>([])
        var manners = Manners()
        manners.heard = { served in heard.withLock { $0.append("\(served.operation) \(served.status.code)") } }
        let call = WebCall(try Stand.site(manners))
        _ = try await call.get("/thing")
        _ = try await call.get("/elsewhere")
        #expect(heard.withLock { $0 } == ["getThing 200", "none 404"])
    }

    @Test("a handler that asks for what its route does not take is our mistake")
    func notTaken() async throws {
        let limit = Parameter.query("limit", 1...9, usually: 3, "at most")
        let route = Route.get("/x", "x", "X").open().answers(.empty(204, "done")).replies { input, _ in
            _ = try input[limit]
            return .none
        }
        #expect(try await WebCall(Stand.site(Manners(), [route])).get("/x").status == 500)
    }

    @Test("the document has an example for every operation, and is the same every time")
    func document() async throws {
        let first = try await WebCall(WebDemo().site).get("/openapi.json")
        let second = try await WebCall(WebDemo().site).get("/openapi.json")
        #expect(first.bytes == second.bytes)
        let document = try first.json
        guard case .object(let paths)? = document["paths"] else { throw Missing() }
        for (path, item) in paths {
            guard case .object(let operations) = item else { throw Missing() }
            for (method, operation) in operations {
                let hasExample = String(decoding: JSON.text(of: operation), as: UTF8.self).contains(#""example":"#)
                #expect(hasExample || method == "delete", "\(method) \(path)")
            }
        }
        #expect(document["components"]?["schemas"]?["Problem"] != nil)
    }

    @Test("finding a route and answering at once takes microseconds")
    func speed() throws {
        let site = try WebDemo().site
        let head = RequestHead(
            .get, "/healthz", ["Host": "localhost", "Accept": "*/*", "User-Agent": "x"], peer: "127.0.0.1")
        let rounds = 2000
        let took = ContinuousClock().measure { for _ in 0..<rounds { _ = site.admit(head) } }
        #expect(took / rounds < .milliseconds(1))
    }
}
