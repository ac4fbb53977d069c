// ServiceHost · host · sees Contracts, HTTP, Policies, Ports, Settings, Telemetry, Wire, HTTPClientDriver, HTTPServerDriver
import Contracts
package import HTTP
import Synchronization
package import Telemetry
import Wire

/// What the process says about itself: that it lives, whether it may get work and why not, and its numbers.
package final class Health: Responder {
    private struct State {
        var phase = "opening"
        /// What is waited for, and why.
        var missing: [String: String] = [:]
        var checks: [(name: String, isWell: @Sendable () -> String?)] = []
    }

    private let program: ProgramName
    private let metrics: Metrics
    private let state = Mutex(State())

    package init(of program: ProgramName, metrics: Metrics) {
        self.program = program
        self.metrics = metrics
    }

    package func enter(_ phase: String) { state.withLock { $0.phase = phase } }
    package func miss(_ dependency: String, _ cause: String) { state.withLock { $0.missing[dependency] = cause } }
    package func found(_ dependency: String) { state.withLock { $0.missing[dependency] = nil } }

    /// Asked at every look: `nil` when all is well, or what is not. It must not block.
    package func watch(_ name: String, _ isWell: @escaping @Sendable () -> String?) {
        state.withLock { $0.checks.append((name, isWell)) }
    }

    package var isReady: Bool { state.withLock { $0.phase == "running" } && complaints().isEmpty }

    package func admit(_ head: RequestHead) -> Admission {
        let path = head.target.prefix { $0 != "?" }
        guard ["/healthz", "/readyz", "/metrics"].contains(path) else {
            return .answer(Self.plain(404, "there is /healthz, /readyz and /metrics\n"))
        }
        guard [.get, .head].contains(head.method) else {
            var answer = Self.plain(405, "only GET and HEAD\n")
            answer.fields["Allow"] = "GET, HEAD"
            return .answer(answer)
        }
        switch path {
        case "/healthz": return .answer(report(200, []))
        case "/readyz":
            let complaints = complaints()
            let isRunning = state.withLock { $0.phase == "running" }
            return .answer(report(isRunning && complaints.isEmpty ? 200 : 503, complaints))
        default: return .answer(Self.plain(200, metrics.text(), "text/plain; version=0.0.4; charset=utf-8"))
        }
    }

    private func complaints() -> [(name: String, cause: String)] {
        let (missing, checks) = state.withLock { ($0.missing, $0.checks) }
        return missing.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            + checks.compactMap { check in check.isWell().map { (check.name, $0) } }
    }

    private func report(_ status: HTTPStatus, _ complaints: [(name: String, cause: String)]) -> HTTPResponse {
        let waiting = complaints.map { JSONValue.object(["cause": .string($0.cause), "name": .string($0.name)]) }
        var writer = JSONWriter()
        writer.value(
            .object([
                "service": .string(program.name), "version": .string(program.version),
                "status": .string(state.withLock(\.phase)), "waiting_for": .array(waiting),
            ]))
        return HTTPResponse(
            status, ["Content-Type": "application/json", "Cache-Control": "no-store"], body: .bytes(writer.bytes))
    }

    private static func plain(
        _ status: HTTPStatus, _ text: String, _ type: String = "text/plain; charset=utf-8"
    ) -> HTTPResponse {
        HTTPResponse(status, ["Content-Type": type, "Cache-Control": "no-store"], body: .bytes(Array(text.utf8)))
    }
}
