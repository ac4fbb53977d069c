// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
import Contracts
import HTTP
import Ports
import Telemetry

extension Site {
    /// One request from its sign-in to its answer. Whatever is thrown ends here.
    func serve(
        _ request: HTTPRequest, _ target: URLTarget, _ route: Route, _ words: [String], _ visit: Visit
    ) async -> HTTPResponse {
        do {
            let answer = try await within(route.patience, of: visit) {
                let context = try await context(request.head, route, visit)
                let call = try Call(route, words, request.head, target)
                let input = try await input(request, target, call)
                return try await pass(input, context, manners.middleware[...])
            }
            return finish(answer, visit, route)
        } catch {
            return finish(response(to: error, visit), visit, route)
        }
    }

    private func context(_ head: RequestHead, _ route: Route, _ visit: Visit) async throws -> Context {
        var context = Context(
            operation: route.id, requestID: visit.requestID, trace: visit.trace, client: visit.client,
            log: ground.log)
        guard let scopes = route.scopes else { return context }
        guard let authenticate = manners.authenticate else { throw Problem(.tokenRefused, "nobody can sign in here") }
        let principal = try await authenticate(head)
        if let missing = scopes.first(where: { !principal.scopes.contains($0) }) {
            var problem = Problem(.forbidden, "this needs the right \(missing)")
            problem.facts = manners.lacking(principal, missing)
            throw problem
        }
        context.principal = principal
        return context
    }

    private func input(_ request: HTTPRequest, _ target: URLTarget, _ call: Call) async throws -> Input {
        guard let body = call.route.body else { return Input(request.head, target, call) }
        guard let read = body.read else { return Input(request.head, target, call, bytes: request.body) }
        let text = try await request.body.collect(upTo: body.limit)
        return Input(request.head, target, call, whole: Input.Whole(value: try read(text), text: text))
    }

    private func pass(
        _ input: Input, _ context: Context, _ rest: ArraySlice<Manners.Middleware>
    ) async throws -> HTTPResponse {
        if let first = rest.first {
            return try await first(input, context) { try await pass(input, $0, rest.dropFirst()) }
        }
        switch input.route.action {
        case .now(let handler): return try handler(input)
        case .later(let handler): return try await handler(input, context)
        }
    }

    /// The handler is cancelled when its time is over; the answer goes out when it has given up.
    private func within(
        _ patience: Duration, of visit: Visit, _ work: @escaping @Sendable () async throws -> HTTPResponse
    ) async throws -> HTTPResponse {
        try await withUnsafeCurrentTask { task in
            let handler = Handler(task: task)
            let number = curfew.begin(patience) { handler.task?.cancel() }
            // Whatever the handler says, calls or publishes belongs to this trace.
            let ended = await Self.result { try await Tracer.$here.withValue(visit.trace) { try await work() } }
            guard curfew.callOff(number) else {
                throw Problem(.orchestrationTimeout, "this took longer than \(patience.wholeSeconds) s", status: 504)
            }
            return try ended.get()
        }
    }

    private static func result(_ work: @Sendable () async throws -> HTTPResponse) async -> Result<
        HTTPResponse, any Error
    > {
        do { return .success(try await work()) } catch { return .failure(error) }
    }

    /// The task of a request, for the curfew.
    ///
    /// Sendable because it is only asked to cancel, which any thread may, and only while the curfew knows it: that is
    /// called off before the task ends.
    private struct Handler: @unchecked Sendable {
        let task: UnsafeCurrentTask?
    }

    // MARK: the answer

    /// A failure we do not know is told to the log, with its words, and to the client without them.
    func response(to error: any Error, _ visit: Visit) -> HTTPResponse {
        if let problem = Problem(of: error) {
            if problem.code == .dependencyDown || problem.code == .resourceExhausted && problem.status == 503 {
                ground.log.warning(
                    "a request had to be turned away",
                    [.cause: "\(error)", .traceID: visit.trace.trace, .route: visit.path])
            }
            return response(problem, visit)
        }
        ground.log.error(
            "a request failed in a way nobody foresaw",
            [.cause: "\(error)", .traceID: visit.trace.trace, .route: visit.path])
        return response(Problem(.programFault, "it is in our log under this trace id"), visit)
    }

    private func response(_ problem: Problem, _ visit: Visit) -> HTTPResponse {
        var problem = problem
        if problem.status == 401, problem.fields["WWW-Authenticate"] == nil {
            problem.fields["WWW-Authenticate"] = "Bearer"
        }
        return problem.response(owner: ground.owner, traceID: "\(visit.trace.trace)", instance: visit.path)
    }

    /// Everything an answer carries whoever gave it.
    func finish(_ answer: HTTPResponse, _ visit: Visit, _ route: Route?) -> HTTPResponse {
        var answer = worded(conditioned(answer, visit), visit)
        answer.fields["X-Request-Id"] = visit.requestID
        answer.fields["traceparent"] = visit.trace.traceparent
        answer.fields["X-Content-Type-Options"] = "nosniff"
        if answer.fields["Cache-Control"] == nil {
            // What has a name for its state may be kept, as long as it is asked for again.
            answer.fields["Cache-Control"] = answer.fields["ETag"] == nil ? "no-store" : "no-cache"
        }
        if let origin = visit.fields["Origin"], manners.origins.contains(origin) {
            answer.fields["Access-Control-Allow-Origin"] = origin
            answer.fields["Access-Control-Expose-Headers"] = "ETag, Location, Link, Retry-After, X-Request-Id"
        }
        if !manners.origins.isEmpty { answer.fields.add("Vary", "Origin") }
        if let farewell = route?.farewell {
            answer.fields["Deprecation"] = "@\(farewell.since.microseconds / 1_000_000)"
            answer.fields["Sunset"] = farewell.gone.map(HTTPDate.text)
        }
        let ended = ground.clock.now()
        manners.heard(
            Served(
                operation: route?.id ?? "none", method: visit.method, status: answer.status,
                took: ended - visit.began, trace: visit.trace, client: visit.client))
        note(visit, route, answer.status, ended)
        return answer
    }

    private func note(_ visit: Visit, _ route: Route?, _ status: HTTPStatus, _ ended: Timestamp) {
        guard ground.tracer.isHeard else { return }
        var span = Span(
            route?.id ?? "none", kind: .server, context: visit.trace, parent: visit.caller,
            began: visit.began.microseconds, ended: ended.microseconds,
            attributes: [
                "http.request.method": .text(visit.method.rawValue), "url.path": .text(visit.path),
                "http.response.status_code": .number(status.code),
            ])
        span.outcome = status.code < 500 ? .succeeded : .failed(status.reason)
        ground.tracer.note(span)
    }

    /// A client that has it already is told so.
    private func conditioned(_ answer: HTTPResponse, _ visit: Visit) -> HTTPResponse {
        guard answer.status == 200, [.get, .head].contains(visit.method),
            let tag = answer.fields["ETag"].flatMap(EntityTag.init(field:))
        else { return answer }
        switch Conditional.decide(visit.method, visit.fields, tag: tag) {
        case .proceed: return answer
        case .notModified:
            var short = HTTPResponse(304, answer.fields)
            short.fields["Content-Type"] = nil
            return short
        case .failed: return HTTPResponse(412)
        }
    }

    /// A refusal without words gets its problem.
    private func worded(_ answer: HTTPResponse, _ visit: Visit) -> HTTPResponse {
        guard answer.status.code >= 400, answer.fields["Content-Type"] == nil else { return answer }
        let code: ErrorCode = answer.status.code >= 500 ? .programFault : .requestValidation
        var problem = Problem(code, answer.status.reason, status: answer.status)
        problem.fields = answer.fields
        return response(problem, visit)
    }
}
