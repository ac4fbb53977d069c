// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import HTTP
package import Ports
package import Telemetry
package import Web

/// Keeps one caller from taking what is for all: every token has so many requests a minute, and every answer says how many
/// are left (RateLimit and RateLimit-Policy as the IETF's draft has them).
package struct Meter: Sendable {
    private let coordination: any Coordination
    private let allowance: Allowance
    private let log: Log

    package init(_ coordination: any Coordination, allowing allowance: Allowance, log: Log) {
        self.coordination = coordination
        self.allowance = allowance
        self.log = log
    }

    package var middleware: Manners.Middleware {
        { input, context, next in
            // Whoever has not signed in is counted where he signs in.
            guard let principal = context.principal else { return try await next(context) }
            do {
                switch try await coordination.spend(
                    1, from: "requests:\(principal.tenant):\(principal.subject)", of: allowance)
                {
                case .allowed(let left): return told(try await next(context), left)
                case .refused(let wait):
                    var problem = Problem(.resourceExhausted, "too many requests: \(policyText)", status: 429)
                        .retry(after: wait)
                    fill(&problem.fields, 0, wait)
                    throw problem
                }
            } catch let failure as CoordinationFailure {
                // A meter that is broken keeps nobody from working.
                log.notice("requests are not counted", [.cause: failure.description])
                return try await next(context)
            }
        }
    }

    private func told(_ answer: HTTPResponse, _ left: Int) -> HTTPResponse {
        var answer = answer
        fill(&answer.fields, left, nil)
        return answer
    }

    private var window: Int64 { max(1, allowance.period.components.seconds) }
    private var policyText: String { "\"requests\";q=\(allowance.tokens);w=\(window)" }

    /// `t` is when the bucket is full again, or when there is the next token.
    private func fill(_ fields: inout HTTPFields, _ left: Int, _ wait: Duration?) {
        let missing = Int64(max(0, allowance.burst - left))
        let full = missing * window / Int64(max(1, allowance.tokens))
        let again = wait.map { max(1, $0.components.seconds + 1) } ?? full
        fields["RateLimit-Policy"] = policyText
        fields["RateLimit"] = "\"requests\";r=\(left);t=\(again)"
    }
}
