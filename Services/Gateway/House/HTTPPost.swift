// GatewayHouse · wiring · sees Contracts, Delivery, HTTP, HTTPClientDriver, Policies, Ports, Telemetry, Web, GatewayAdapters, GatewayCore, GatewayShell, GatewaySite
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import HTTPClientDriver

/// Carries notices over HTTP. What is answered beside the status is nobody's business: the body is let go of unread.
struct HTTPPost: HookPost {
    private static let patience = Duration.seconds(10)

    private let client: HTTPClient

    init(allowsPrivate: Bool) throws {
        var options = HTTPClientOptions()
        options.name = "webhooks"
        options.refusesPrivateAddresses = !allowsPrivate
        options.userAgent = "ainer-webhooks"
        client = try HTTPClient(options)
    }

    func send(_ body: String, to url: String, _ fields: [(String, String)]) async -> NoticeEvent {
        var call = HTTPCall(.post, url, ["Content-Type": "application/json"], body: .bytes(Array(body.utf8)))
        for (name, value) in fields { call.fields[name] = value }
        call.patience.connect = .seconds(5)
        call.patience.whole = Self.patience
        call.bodyLimit = .max
        call.isRepeatable = false
        call.retries = .never
        do {
            let answer = try await client.send(call)
            return .answered(status: answer.status.code, retryAfter: answer.fields.retryAfter)
        } catch {
            return .unanswered(
                cause: error.description, isLasting: error.code == .refusedAddress || error.code == .misuse)
        }
    }
}
