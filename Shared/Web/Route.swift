// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
package import Contracts
package import HTTP
import Wire

/// One thing the site does, declared as data: what it takes, what it answers, who may ask, and the handler. The router, the
/// checks before the handler and the OpenAPI document all read this one declaration.
package struct Route: Sendable {
    package typealias Handler = @Sendable (Input, Context) async throws -> HTTPResponse

    enum Action: Sendable {
        case now(@Sendable (Input) throws -> HTTPResponse)
        case later(Handler)
    }

    package let method: HTTPMethod
    /// `/api/v1/notes/{note_id}`.
    package let path: String
    /// What a client's generated function is called.
    package let id: String
    package let summary: String
    /// What stands in braces in the path, in its order.
    let words: [String]
    package internal(set) var description = ""
    package internal(set) var tag = ""
    /// Nil: open to everybody. Empty: for whoever is signed in.
    package internal(set) var scopes: [String]? = []
    package internal(set) var parameters: [DeclaredParameter] = []
    package internal(set) var body: DeclaredBody?
    package internal(set) var answers: [Answer] = []
    /// How long the handler may take until its answer begins.
    package internal(set) var patience: Duration = .seconds(30)
    package internal(set) var isHidden = false
    package internal(set) var farewell: Farewell?
    var readers: [String: @Sendable (JSONValue?) -> (any Sendable)?] = [:]
    var action = Action.now { _ in HTTPResponse(501) }

    private init(_ method: HTTPMethod, _ path: String, _ id: String, _ summary: String) {
        self.method = method
        self.path = path
        self.id = id
        self.summary = summary
        words = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    package static func get(_ path: String, _ id: String, _ summary: String) -> Route { Route(.get, path, id, summary) }
    package static func post(_ path: String, _ id: String, _ summary: String) -> Route {
        Route(.post, path, id, summary)
    }
    package static func put(_ path: String, _ id: String, _ summary: String) -> Route { Route(.put, path, id, summary) }
    package static func patch(_ path: String, _ id: String, _ summary: String) -> Route {
        Route(.patch, path, id, summary)
    }
    package static func delete(_ path: String, _ id: String, _ summary: String) -> Route {
        Route(.delete, path, id, summary)
    }
}

/// Since when a route is deprecated, and when it will be gone.
package struct Farewell: Sendable, Hashable {
    package let since: Timestamp
    package let gone: Timestamp?
}

// MARK: what is said about it

extension Route {
    package func described(_ description: String) -> Route { with { $0.description = description } }

    package func tagged(_ tag: String) -> Route { with { $0.tag = tag } }

    /// Anybody may ask.
    package func open() -> Route { with { $0.scopes = nil } }

    /// Only who has all of these.
    package func needs(_ scopes: String...) -> Route { with { $0.scopes = scopes } }

    package func takes(_ taken: any Taken...) -> Route { with { route in taken.forEach { $0.declare(in: &route) } } }

    package func answers(_ answers: Answer...) -> Route { with { $0.answers += answers } }

    package func within(_ patience: Duration) -> Route { with { $0.patience = patience } }

    /// Served, but not in the document.
    package func hidden() -> Route { with { $0.isHidden = true } }

    /// Still served, but no longer to be used; told in every answer (RFC 9745, RFC 8594).
    package func deprecated(since: Timestamp, gone: Timestamp? = nil) -> Route {
        with { $0.farewell = Farewell(since: since, gone: gone) }
    }

    /// Answered at once on the server's own thread: nothing that waits, nothing that takes long.
    package func now(_ handler: @escaping @Sendable (Input) throws -> HTTPResponse) -> Route {
        with { $0.action = .now(handler) }
    }

    /// Answers for itself.
    package func replies(_ handler: @escaping Handler) -> Route { with { $0.action = .later(handler) } }

    /// Answers a value, written as JSON with the first declared status.
    package func handles<Output: Encodable & SendableMetatype>(
        _ handler: @escaping @Sendable (Input, Context) async throws -> Output
    ) -> Route {
        let status = answers.first { $0.status.isSuccess }?.status ?? 200
        return replies { input, context in .json(status, try await handler(input, context)) }
    }

    private func with(_ change: (inout Route) -> Void) -> Route {
        var route = self
        change(&route)
        return route
    }
}

extension Route {
    /// The ways it answers when all is well; nil when it says none.
    var offers: [MediaType]? {
        let types = answers.filter { $0.status.isSuccess }.compactMap(\.type)
        return types.isEmpty ? nil : types
    }
}

extension Parameter where Value == String {
    /// The key that makes a write safe to repeat; what it means is the gateway's business.
    package static var idempotencyKey: Parameter {
        requiredHeader("Idempotency-Key", "same key, same request: the stored answer comes again")
            .example(.string("ep12-cut3"))
    }
}

extension Parameter where Value == String? {
    /// Where a client that comes back to a stream of events stopped.
    package static var lastEventID: Parameter { header("Last-Event-ID", "the last event the client has seen") }
}
