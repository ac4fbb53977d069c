// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
import Contracts
package import HTTP
import Ports
import Telemetry

/// All routes of one service: finds the one that is meant, holds the request against its declaration, calls the handler
/// and says what came of it. The server asks it with every head, on the server's own thread.
package struct Site: Responder {
    package let routes: [Route]
    /// What a client may send to a route that takes nothing: some send `{}` with everything.
    private static let strayBody = 4096

    let router: Router
    let manners: Manners
    let ground: Ground
    let curfew: Curfew

    /// Adds `GET /openapi.json`. Throws when two routes are at one place or a declaration contradicts itself.
    package init(_ title: SiteTitle, _ routes: [Route], _ manners: Manners = Manners(), on ground: Ground) throws {
        let document = OpenAPI.document(title, routes)
        self.routes = routes + [OpenAPI.route(document)]
        for route in self.routes { try route.hold() }
        guard Set(self.routes.map(\.id)).count == self.routes.count else {
            throw RouteFault(title.name, "two routes have one name")
        }
        router = try Router(self.routes)
        self.manners = manners
        self.ground = ground
        curfew = Curfew(clock: ground.clock)
    }

    package func admit(_ head: RequestHead) -> Admission {
        let visit = Visit(head, manners, ground)
        if head.method == .options, head.target == "*" { return .answer(finish(HTTPResponse(204), visit, nil)) }
        do {
            let target = try URLTarget(head.target)
            try gate(head)
            guard let found = router.find(target.segments) else {
                throw Problem(.notFound, "there is nothing at this path")
            }
            if head.method == .options { return .answer(finish(options(head, found), visit, nil)) }
            let method = head.method == .head ? .get : head.method
            guard let index = found.routes[method] else { throw Self.notAllowed(found.allowed) }
            let route = routes[index]
            try agree(head, route)
            return try admit(head, target, route, found.words, visit)
        } catch {
            return .answer(finish(response(to: error, visit), visit, nil))
        }
    }

    private func admit(
        _ head: RequestHead, _ target: URLTarget, _ route: Route, _ words: [String], _ visit: Visit
    ) throws -> Admission {
        switch route.action {
        case .now(let handler) where route.scopes == nil && route.body == nil:
            let input = Input(head, target, try Call(route, words, head, target))
            return .answer(finish(try handler(input), visit, route))
        case .now, .later:
            return .handle(
                Handling(bodyLimit: route.body?.limit ?? Self.strayBody, bodyPatience: manners.bodyPatience) {
                    request in
                    await serve(request, target, route, words, visit)
                })
        }
    }

    // MARK: what is settled by the head

    /// A name we do not answer to is somebody's trick (DNS rebinding), and so is a page of somebody else's that writes.
    private func gate(_ head: RequestHead) throws {
        let hosts = head.fields.values(of: "Host")
        guard hosts.count == 1, let authority = Authority(hosts[0]), authority.user == nil else {
            throw Problem(.requestValidation, "the request does not say one host", status: 400)
        }
        if !manners.hosts.isEmpty, !manners.hosts.contains(authority.host) {
            throw Problem(.requestValidation, "this site is not \(authority.host)", status: 421)
        }
        guard ![.get, .head, .options].contains(head.method), let origin = head.fields["Origin"] else { return }
        let isOurs = WebURL(origin).map {
            $0.hostField == hosts[0] || $0.host == authority.host && $0.port == authority.port
        }
        if isOurs != true, !manners.origins.contains(origin) {
            throw Problem(.forbidden, "a page of \(origin) may not do this")
        }
    }

    private func options(_ head: RequestHead, _ found: Router.Found) -> HTTPResponse {
        var response = HTTPResponse(204, ["Allow": found.allowed])
        guard let origin = head.fields["Origin"], manners.origins.contains(origin),
            head.fields["Access-Control-Request-Method"] != nil
        else { return response }
        response.fields["Access-Control-Allow-Methods"] = found.allowed
        response.fields["Access-Control-Allow-Headers"] =
            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, traceparent"
        response.fields["Access-Control-Max-Age"] = "600"
        return response
    }

    private static func notAllowed(_ allowed: String) -> Problem {
        var problem = Problem(.requestValidation, "this path takes \(allowed)", status: 405)
        problem.fields["Allow"] = allowed
        return problem
    }

    /// Both sides speak of the same kinds of body.
    private func agree(_ head: RequestHead, _ route: Route) throws {
        let wishes = head.fields.values(of: "Accept")
        if !wishes.isEmpty, let offers = route.offers, Accept(wishes).best(of: offers) == nil {
            throw Problem(
                .requestValidation, "this can be had as \(offers.map(\.essence).joined(separator: ", "))", status: 406)
        }
        guard let body = route.body, body.isRequired || head.announcesBody else { return }
        let wanted = body.type.essence
        let types = head.fields.values(of: "Content-Type")
        guard types.count == 1, let type = MediaType(field: types[0]) else {
            throw Problem(.requestValidation, "the body has to say that it is \(wanted)", status: 415)
        }
        let charset = type.parameters["charset"].map { $0.lowercased() } ?? "utf-8"
        guard type.essence == wanted, charset == "utf-8" else {
            throw Problem(.requestValidation, "the body has to be \(wanted), in UTF-8 where it is text", status: 415)
        }
    }
}

extension RequestHead {
    fileprivate var announcesBody: Bool {
        fields["Transfer-Encoding"] != nil || !["", "0"].contains(fields["Content-Length"] ?? "")
    }
}

/// What a document calls a site.
package struct SiteTitle: Sendable, Hashable {
    package let name: String
    package let version: String
    package let description: String

    package init(_ name: String, version: String, _ description: String) {
        self.name = name
        self.version = version
        self.description = description
    }
}

extension Route {
    /// What a declaration must not contradict.
    fileprivate func hold() throws {
        let named = Set(words)
        let taken = Set(parameters.filter { $0.place == .path }.map(\.name))
        guard named == taken else { throw RouteFault(id, "its path and its parameters name different words") }
        guard Set(parameters.map(\.key)).count == parameters.count else {
            throw RouteFault(id, "a parameter stands twice")
        }
        guard !answers.isEmpty else { throw RouteFault(id, "it does not say what it answers") }
    }
}
