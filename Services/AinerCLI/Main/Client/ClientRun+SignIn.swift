// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Embedded
import Foundation
import HTTP
import Settings
import Wire

/// Signing in and out, and tokens for programs.
extension ClientRun {
    func signIn(at server: String, as email: String?) async throws -> Int32 {
        let place = server.hasSuffix("/") ? String(server.dropLast()) : server
        let email = try email ?? Typed.email()
        let line = try Line(settings, .server(place))
        let answer = try await line.post(
            openly: "/api/v1/auth/login",
            .object(["email": .string(email), "password": .string(try Typed.password())]))
        let pass = try JSON.decode(Pass.self, from: answer)
        try LoginFile(folder: settings.dataFolder).write(pass.login(server: place, email: email))
        // The tokens stay in their file.
        let told = JSONValue.object(["email": .string(email), "server": .string(place)])
        tell(JSON.text(of: told)) { ["signed in at \(place) as \(email)"] }
        return ExitCode.done
    }

    /// Here in any case; at the server when it answers.
    func signOut() async throws -> Int32 {
        let file = LoginFile(folder: settings.dataFolder)
        guard let login = try? file.read() else {  // one that cannot be read is put away all the same
            file.remove()
            tell(Array("{\"server\":null}".utf8)) { ["nobody is signed in"] }
            return ExitCode.done
        }
        defer { file.remove() }
        let line = try Line(settings, .server(login.server))
        let wish = JSONValue.object(["refresh_token": .string(login.refreshToken)])
        var isHeard = true
        do { _ = try await line.post("/api/v1/auth/logout", wish) } catch { isHeard = false }
        tell(JSON.text(of: .object(["server": .string(login.server)]))) {
            [
                "signed out of \(login.server)"
                    + (isHeard ? "" : ", which did not answer: the session ends there by itself")
            ]
        }
        return ExitCode.done
    }

    func token(_ line: Line) async throws {
        switch command.deed {
        case .createToken(let name, let scopes, let days):
            var wish = ["name": JSONValue.string(name), "scopes": .array(scopes.map(JSONValue.string))]
            if let days { wish["expires_at"] = .string((SystemClock().now() + .seconds(86_400 * days)).text) }
            let answer = try await line.post("/api/v1/auth/tokens", .object(wish))
            try tell(answer.body) {
                let made = try JSON.decode(TokenSheet.self, from: answer.body)
                return [made.token ?? "", "  \(made.id); it is shown this once"]
            }
        case .revokeToken(let id):
            try await line.delete("/api/v1/auth/tokens/\(PercentCoding.encoded(id))")
            tell(JSON.text(of: .object(["token_id": .string(id), "revoked": .bool(true)]))) {
                ["\(id) opens nothing any more"]
            }
        default:
            let document = try await line.get("/api/v1/auth/tokens")
            try tell(document) { try JSON.decode(TokenPage.self, from: document).lines() }
        }
    }
}

private struct TokenSheet: Decodable {
    let id: String
    let name: String?
    let scopes: [String]?
    let token: String?
    let expiresAt: Timestamp?

    enum CodingKeys: String, CodingKey {
        case id = "token_id"
        case name
        case scopes
        case token
        case expiresAt = "expires_at"
    }
}

private struct TokenPage: Decodable {
    let items: [TokenSheet]

    func lines() -> [String] {
        guard !items.isEmpty else { return ["no tokens: ainer token create NAME --scope SCOPE"] }
        return items.map { token in
            let scopes = (token.scopes ?? []).joined(separator: " ")
            let end = token.expiresAt.map { "  until \($0.text.prefix(10))" } ?? ""
            return "\(token.id)  \(RunSheet.plain(token.name ?? ""))  \(scopes)\(end)"
        }
    }
}

/// What a retake would make anew.
enum Retake {
    private struct Job: Decodable {
        let jobType: String
        let unit: String?

        enum CodingKeys: String, CodingKey {
            case jobType = "job_type"
            case unit = "unit_ref_id"
        }
    }

    private struct Plan: Decodable {
        let jobs: [Job]
    }

    static func lines(_ document: [UInt8]) throws -> [String] {
        let jobs = try JSON.decode(Plan.self, from: document).jobs
        return ["\(jobs.count) jobs would be done again"] + jobs.map { "  \($0.jobType) \($0.unit ?? "")" }
    }
}
