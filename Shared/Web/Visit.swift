// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
import Contracts
import HTTP
import Ports
import Telemetry

/// What is known of a request from its first moment, whatever becomes of it.
struct Visit: Sendable {
    let method: HTTPMethod
    let fields: HTTPFields
    let path: String
    let began: Timestamp
    let requestID: String
    let trace: TraceContext
    /// The span of whoever called, when he told one.
    let caller: TraceContext.SpanID?
    let client: String

    init(_ head: RequestHead, _ manners: Manners, _ ground: Ground) {
        method = head.method
        fields = head.fields
        path = String(head.target.prefix { $0 != "?" })
        began = ground.clock.now()
        let told = head.fields["traceparent"].flatMap {
            TraceContext(traceparent: $0, tracestate: head.fields["tracestate"])
        }
        let bits = { ground.entropy.bits() }
        caller = told?.span
        trace = told?.inner(from: bits) ?? TraceContext(from: bits)
        client = Forwarded.client(of: head, trusted: manners.proxies)
        requestID = head.fields["X-Request-Id"].flatMap(Self.taken) ?? "req_\(trace.span)"
    }

    /// A caller's own id comes back to him when it is harmless in a log.
    private static func taken(_ id: String) -> String? {
        let isHarmless = id.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || "-_.:".utf8.contains($0)
        }
        return isHarmless && (1...128).contains(id.utf8.count) ? id : nil
    }
}

/// A route and the values a request brought for it, all checked.
struct Call: Sendable {
    let route: Route
    let values: [String: JSONValue]

    /// A word of the path that cannot be a name names nothing; everything else that is wrong is said at once.
    init(_ route: Route, _ words: [String], _ head: RequestHead, _ target: URLTarget) throws {
        self.route = route
        guard !route.parameters.isEmpty else {
            values = [:]
            return
        }
        var values: [String: JSONValue] = [:]
        var faults: [Problem.Fault] = []
        let path = Dictionary(zip(route.words, words)) { first, _ in first }
        for parameter in route.parameters {
            do { values[parameter.key] = try parameter.read(Self.texts(parameter, path, head, target)) } catch {
                if parameter.place == .path {
                    throw Problem(.notFound, "there is nothing at this path", faults: [error])
                }
                faults.append(error)
            }
        }
        guard faults.isEmpty else {
            throw Problem(.requestValidation, "the request cannot be used as it is", faults: faults)
        }
        self.values = values
    }

    private static func texts(
        _ parameter: DeclaredParameter, _ path: [String: String], _ head: RequestHead, _ target: URLTarget
    ) -> [String] {
        switch parameter.place {
        case .path: path[parameter.name].map { [$0] } ?? []
        case .query: target.query.values(of: parameter.name)
        case .header: head.fields.values(of: parameter.name)
        }
    }
}
