// Internal · doors · sees Contracts, HTTP, HTTPClientDriver, Ports, Telemetry, Web, Wire
package import Contracts
import HTTP
import HTTPClientDriver
import Wire

/// A line to another service of the house: it answers within moments, or it counts as silent.
package struct InternalLine: Sendable {
    private let service: Module
    /// Its replicas: any of them may answer.
    private let bases: [String]
    private let token: String
    private let patience: Duration
    private let client: HTTPClient

    /// `bases` are where its internal doors are: `http://orchestrator:7300`.
    package init(to service: Module, at bases: [String], token: String, patience: Duration = .seconds(2)) throws {
        self.patience = patience
        self.service = service
        self.bases = bases.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        self.token = token
        var options = HTTPClientOptions()
        options.name = "line to \(service.rawValue)"
        options.userAgent = "ainer"
        client = try HTTPClient(options)
    }

    func get<Value: Decodable>(_ path: String, as _: Value.Type = Value.self) async throws -> Value {
        try JSON.decode(from: try await answer(HTTPCall(.get, path)))
    }

    func ask<Value: Decodable>(
        _ path: String, _ body: some Encodable, as _: Value.Type = Value.self
    ) async throws -> Value {
        let bytes = try JSON.encode(body)
        let call = HTTPCall(.post, path, ["Content-Type": "application/json"], body: .bytes(bytes))
        return try JSON.decode(from: try await answer(call))
    }

    /// The first replica that answers; the others are asked when it is silent.
    private func answer(_ ask: HTTPCall) async throws -> [UInt8] {
        var silent = silence("nobody said where it is", at: "")
        for base in bases {
            do { return try await answer(ask, at: base) } catch {
                guard error.errorCode == .dependencyDown else { throw error }
                silent = error
            }
        }
        throw silent
    }

    private func answer(_ ask: HTTPCall, at base: String) async throws(FailureReport) -> [UInt8] {
        var call = ask
        call.url = base + ask.url
        call.fields["Authorization"] = "Bearer \(token)"
        call.fields["Accept"] = "application/json"
        call.patience.connect = patience
        call.patience.whole = patience
        // Asked once more by whoever asked us, if at all.
        call.retries = .never
        let heard: (answer: HTTPAnswer, body: [UInt8])
        do { heard = try await client.fetch(call) } catch { throw silence(error.description, at: base) }
        guard heard.answer.status.isSuccess else { throw refusal(heard.answer.status, heard.body, at: base) }
        return heard.body
    }

    private func silence(_ cause: String, at base: String) -> FailureReport {
        FailureReport(
            .dependencyDown, "the \(service.rawValue) does not answer at \(base): \(cause)", owner: service,
            nextStep: "see whether it runs: ainer status")
    }

    /// What it says of itself, or, when that cannot be read, that it says nothing of use.
    private func refusal(_ status: HTTPStatus, _ body: [UInt8], at base: String) -> FailureReport {
        guard let told = try? JSON.decode(Told.self, from: body) else {  // somebody between us may answer
            return silence("status \(status.code)", at: base)
        }
        // A token that is refused is a setting of ours, and nothing a client can mend.
        guard status != 401 else { return silence("it does not know our AINER_SERVICE_TOKEN", at: base) }
        return FailureReport(told.code, told.detail, owner: service)
    }

    private struct Told: Decodable {
        let code: ErrorCode
        let detail: String

        enum CodingKeys: String, CodingKey {
            case code = "error_code"
            case detail
        }
    }
}
