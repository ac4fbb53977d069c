// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation
import HTTP
import HTTPClientDriver
import Settings
import Wire

/// The line to the API: says who we are, signs in afresh when that is over, and makes words of refusals.
struct Line: Sendable {
    private let settings: Settings
    private let aim: Place.Aim
    private let client: HTTPClient

    init(_ settings: Settings, _ aim: Place.Aim) throws {
        self.settings = settings
        self.aim = aim
        var options = HTTPClientOptions.reading(ProcessInfo.processInfo.environment)
        options.userAgent = "ainer/\(Version.text)"
        client = try HTTPClient(options)
    }

    /// Where it is at this moment.
    func url() throws -> String { try Place.find(settings, aim).url }

    /// The document that is answered to a question.
    func get(_ path: String) async throws -> [UInt8] { try await answer(.get, path).body }

    func get<Value: Decodable>(_ path: String, as _: Value.Type = Value.self) async throws -> Value {
        try JSON.decode(Value.self, from: try await get(path))
    }

    struct Answered: Sendable {
        let body: [UInt8]
        /// The key was used before, for the same.
        let isAgain: Bool
    }

    /// A wish under a key: said twice it counts once, so it may be said again when nobody knows whether it was heard.
    func post(_ path: String, _ body: JSONValue, key: String? = nil) async throws -> Answered {
        try await answer(.post, path, body: body, key: key)
    }

    func delete(_ path: String) async throws { _ = try await answer(.delete, path) }

    /// A wish of somebody who is not signed in yet.
    func post(openly path: String, _ body: JSONValue) async throws -> [UInt8] {
        try Self.finish(try await client.fetch(Self.openly(try url() + path, body))).body
    }

    /// The head of an answer and a body as it comes; a refusal is read whole and thrown.
    func open(_ path: String, _ fields: HTTPFields = [:], redirects: Int = 0) async throws -> HTTPAnswer {
        let answer: HTTPAnswer = try await signed { place throws in
            var call = HTTPCall(.get, place.url + path, fields)
            // The head comes at once, and a silent stream is kept alive by the server.
            call.patience.firstByte = .seconds(15)
            call.patience.stall = .seconds(45)
            call.bodyLimit = .max
            call.redirects = redirects
            return try await client.send(Self.shown(call, place.token))
        } isRefused: {
            $0.status == 401
        }
        guard answer.status.isSuccess else {
            throw Self.refusal(answer.status, try await answer.body.collect(upTo: 1 << 20))
        }
        return answer
    }

    private func answer(
        _ method: HTTPMethod, _ path: String, body: JSONValue? = nil, key: String? = nil
    ) async throws -> Answered {
        // One key for every try of this one wish.
        let key = key ?? UUID().uuidString
        let heard: (answer: HTTPAnswer, body: [UInt8]) = try await signed { place throws in
            var call = HTTPCall(method, place.url + path, ["Accept": "application/json"])
            if let body {
                call.body = .bytes(JSON.text(of: body))
                call.fields["Content-Type"] = "application/json"
            }
            if method != .get { call.fields["Idempotency-Key"] = key }
            call.isRepeatable = true
            return try await client.fetch(Self.shown(call, place.token))
        } isRefused: {
            $0.answer.status == 401
        }
        return try Self.finish(heard)
    }

    private static func finish(_ heard: (answer: HTTPAnswer, body: [UInt8])) throws -> Answered {
        guard heard.answer.status.isSuccess else { throw refusal(heard.answer.status, heard.body) }
        return Answered(body: heard.body, isAgain: heard.answer.fields["Idempotency-Replayed"] == "true")
    }

    private static func refusal(_ status: HTTPStatus, _ body: [UInt8]) -> Refusal {
        let problem = try? JSON.decode(Refusal.self, from: body)  // something between us and the server may answer
        return problem ?? Refusal(status: status.code)
    }

    private static func shown(_ call: HTTPCall, _ token: String?) -> HTTPCall {
        var call = call
        if let token { call.fields["Authorization"] = "Bearer \(token)" }
        return call
    }

    private static func openly(_ url: String, _ body: JSONValue) -> HTTPCall {
        var call = HTTPCall(
            .post, url, ["Content-Type": "application/json", "Accept": "application/json"],
            body: .bytes(JSON.text(of: body)))
        call.retries = .never
        return call
    }
}

// MARK: signing in afresh

extension Line {
    /// A token that is over is made fresh once, before the call or after a refusal.
    private func signed<Value>(
        _ call: (Place) async throws -> Value, isRefused: (Value) -> Bool
    ) async throws -> Value {
        var place = try Place.find(settings, aim)
        if let login = place.login, login.isStale { place = try await refresh(login) }
        let value = try await call(place)
        guard isRefused(value), let login = place.login else { return value }
        return try await call(try await refresh(login))
    }

    /// Another `ainer` may have done it a moment ago: one at a time, and whoever comes second takes what is there.
    private func refresh(_ stale: Login) async throws -> Place {
        let file = LoginFile(folder: settings.dataFolder)
        if let now = try file.read(), now.accessToken != stale.accessToken {
            return try Place.find(settings, aim)
        }
        let call = Self.openly(
            stale.server + "/api/v1/auth/refresh", .object(["refresh_token": .string(stale.refreshToken)]))
        let answer = try Self.finish(try await client.fetch(call))
        let pass = try JSON.decode(Pass.self, from: answer.body)
        try file.write(pass.login(server: stale.server, email: stale.email, earlier: stale.refreshToken))
        return try Place.find(settings, aim)
    }
}

/// What signing in is answered with.
struct Pass: Decodable {
    let accessToken: String
    let refreshToken: String?
    let expiresIn: Double

    enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case expiresIn = "expires_in"
    }

    func login(server: String, email: String, earlier: String = "") -> Login {
        Login(
            server: server, email: email, accessToken: accessToken, refreshToken: refreshToken ?? earlier,
            expiresAt: Date().timeIntervalSince1970 + expiresIn)
    }
}
