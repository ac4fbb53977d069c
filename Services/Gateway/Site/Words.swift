// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import HTTP
import Telemetry
import Web
import Wire

/// What many routes take.
enum Words {
    static let run = Parameter.path("run_id", RunID.self, "the run")
    static let limit = Parameter.query("limit", 1...200, usually: 50, "at most so many")
    static let cursor = Parameter.query("cursor", String.self, as: .text(atMost: Cursor.longest), "where to go on")
    static let project = Parameter.query("project_id", String.self, as: .opaque, "only of this project")
    static let key = Parameter.idempotencyKey
}

extension Context {
    /// Whoever asks, on a route that is not open.
    func caller() throws -> Caller {
        guard let caller = try signedIn().who as? Caller else { throw Problem(.tokenRefused, "sign in first") }
        return caller
    }
}

extension Input {
    /// The deed that this request is: the same words to the same place under the same key are the same.
    func deed(_ context: Context) throws -> Deed {
        let canonical = text.isEmpty ? text : JSON.text(of: try JSON.value(of: text))
        return try deed(context, under: self[Words.key], asking: canonical)
    }

    /// The same for a request whose words do not all count: those that do, in our one writing.
    func deed(_ context: Context, under key: String, asking canonical: [UInt8]) throws -> Deed {
        // Any text can be a key; one that is too long to be kept is kept by its hash.
        let key = IdempotencyKey(rawValue: key) ?? .derive(key)
        let asked = Array("\(head.method.rawValue) \(head.target.prefix { $0 != "?" })\n".utf8) + canonical
        return Deed(
            tenant: try context.caller().tenant, key: key, operation: context.operation, digest: SHA256.hex(of: asked))
    }
}

extension HTTPResponse {
    /// Says when an answer was given before.
    func again(_ isAgain: Bool) -> HTTPResponse {
        guard isAgain else { return self }
        var response = self
        response.fields["Idempotency-Replayed"] = "true"
        return response
    }
}

extension Answer {
    /// What every write may be answered beside its own.
    static let keyUsed = Answer.problem(.idempotencyConflict, "the key was used for another request")
    /// Of another tenant, or of nobody: no client can tell them apart.
    static let notThere = Answer.problem(.notFound)
}

extension RunView {
    /// What every wish for this run carries.
    func trail(for caller: Caller, _ context: Context, under key: IdempotencyKey) -> Trail {
        Trail(
            tenantID: caller.tenant, projectID: projectID, runID: runID,
            traceID: TraceID(trusted: "\(context.trace.trace)"),
            correlationID: CorrelationID(trusted: taskID.rawValue), idempotencyKey: key)
    }
}
