// JourneyTests · tests · sees AinerCLI, AinerCLICore, AinerVoice, Contracts, Wire, Ports, SQLiteDriver, HTTP
import Contracts
import Foundation
import HTTP
import Synchronization
import Testing
import Wire

@Suite("ainer as a client of a server with a script")
struct ClientScriptJourney {
    private static let run = "run_01ARZ3NDEKTSV4RRFFQ69G5FAV"

    @Test("signs in with a password from standard input, keeps the tokens to itself, makes them fresh and signs out")
    func login() async throws {
        let fresh = "{\"access_token\":\"A2\",\"refresh_token\":\"R2\",\"expires_in\":900}"
        try await ScriptedAPI.open { asked in
            switch asked.what {
            case "POST /api/v1/auth/login":
                return asked.body?["password"] == .string("secret")
                    ? ScriptedAPI.json("{\"access_token\":\"A1\",\"refresh_token\":\"R1\",\"expires_in\":900}")
                    : ScriptedAPI.problem(401, .signInRefused)
            case "POST /api/v1/auth/refresh": return ScriptedAPI.json(fresh)
            case "POST /api/v1/auth/logout": return HTTPResponse(204)
            default:
                // What A1 opened is over already.
                return asked.token == "Bearer A2"
                    ? ScriptedAPI.json("{\"items\":[]}") : ScriptedAPI.problem(401, .tokenRefused)
            }
        } _: { api, url in
            let house = try Household()
            defer { house.clear() }
            let wrong = try await house.ask(["login", url, "--email", "a@b.c"], input: "guess\n")
            #expect(wrong.status == 4)
            let login = try await house.ask(["login", url + "/"], input: "a@b.c\nsecret\n")
            #expect(login.status == 0 && login.output.contains("signed in"), "\(login.complaint)")
            #expect(!(login.output + login.complaint).contains("A1"))
            let file = try FileManager.default.attributesOfItem(atPath: house.data + "/login.json")
            #expect(file[.posixPermissions] as? Int == 0o600)
            #expect(try await house.ask(["runs"]).status == 0)
            #expect(api.asked.last?.token == "Bearer A2")
            #expect(api.asked.contains { $0.body?["refresh_token"] == .string("R1") })
            #expect(try await house.ask(["logout"]).status == 0)
            #expect(api.asked.last?.body?["refresh_token"] == .string("R2"))
            #expect(!FileManager.default.fileExists(atPath: house.data + "/login.json"))
            #expect(try await house.ask(["runs"]).status == 69)
        }
    }

    @Test("shows what signing in gave to no other server, and the key of the folder to none that does not serve it")
    func strangers() async throws {
        try await ScriptedAPI.open { _ in
            ScriptedAPI.json("{\"access_token\":\"A1\",\"refresh_token\":\"R1\",\"expires_in\":900,\"items\":[]}")
        } _: { _, url in
            try await ScriptedAPI.open { _ in
                ScriptedAPI.json("{\"items\":[]}")
            } _: { stranger, elsewhere in
                let house = try Household()
                defer { house.clear() }
                #expect(try await house.ask(["login", url, "--email", "a@b.c"], input: "secret\n").status == 0)
                try Data("ak_local_0\n".utf8).write(to: URL(fileURLWithPath: house.data + "/token"))
                #expect(try await house.ask(["runs", "--server", elsewhere]).status == 0)
                #expect(stranger.asked.map(\.token) == [nil])
            }
        }
    }

    @Test("says wishes about gates and shots where the API hears them, each under a key")
    func wishes() async throws {
        try await ScriptedAPI.open { asked in
            switch asked.what {
            case let what where what.hasSuffix("/reject"): ScriptedAPI.problem(409, .illegalTransition)
            default: ScriptedAPI.json("{}", 202)
            }
        } _: { api, url in
            let house = try Household(["AINER_SERVER": url, "AINER_TOKEN": "T"])
            defer { house.clear() }
            let run = Self.run
            #expect(try await house.ask(["approve", run, "animatic", "--comment", "good"]).status == 0)
            #expect(api.asked.last?.what == "POST /api/v1/runs/\(run)/gates/animatic/approve")
            #expect(api.asked.last?.body == .object(["comment": .string("good")]))
            #expect(try await house.ask(["reject", run, "animatic"]).status == 5)
            #expect(try await house.ask(["retake", run, "S1"]).status == 0)
            #expect(api.asked.last?.body == .object(["shot_ids": .array([.string("S1")])]))
            #expect(api.asked.allSatisfy { $0.token == "Bearer T" && ($0.hasKey || $0.what.hasPrefix("GET")) })
        }
    }

    /// A film of random bytes, and what the API says of it.
    private static func film(_ id: String, sum: String? = nil) -> (bytes: [UInt8], meta: String) {
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let hex = sum ?? SHA256.hex(of: bytes)
        let meta = ArtifactMeta(
            artifactID: ArtifactID(trusted: id), type: .finalVideo, uri: "object:sha256/\(hex.prefix(2))/\(hex)",
            checksum: "sha256:" + hex, sizeBytes: Int64(bytes.count), createdAt: Timestamp(microseconds: 0))
        return (bytes, "{\"items\":[\((try? JSON.text(meta)) ?? "")]}")  // a meta always encodes
    }

    @Test("goes on with a file that was cut off, and what arrives is what was promised")
    func resumed() async throws {
        let id = "art_01ARZ3NDEKTSV4RRFFQ69G5FAV"
        let (bytes, meta) = Self.film(id)
        try await ScriptedAPI.open { asked in
            guard asked.what == "GET /api/v1/artifacts/\(id)/content" else { return ScriptedAPI.json(meta) }
            let from = asked.range.flatMap { Int($0.dropFirst("bytes=".count).dropLast()) } ?? 0
            let part = HTTPResponse(
                asked.range == nil ? 200 : 206, ["Content-Range": "bytes \(from)-\(bytes.count - 1)/\(bytes.count)"],
                body: .bytes(Array(bytes[from...])))
            return part
        } _: { api, url in
            let house = try Household(["AINER_SERVER": url])
            defer { house.clear() }
            try FileManager.default.createDirectory(atPath: house.out, withIntermediateDirectories: true)
            let half = house.out + "/.\(SHA256.hex(of: bytes).prefix(32)).part"
            try Data(bytes.prefix(100_000)).write(to: URL(fileURLWithPath: half))
            let fetched = try await house.ask(["artifacts", Self.run, "-o", house.out])
            #expect(fetched.status == 0, "\(fetched.complaint)")
            #expect(api.asked.last?.range == "bytes=100000-")
            let film = try Data(contentsOf: URL(fileURLWithPath: house.out + "/final_video.mp4"))
            #expect(Array(film) == bytes)
            #expect(try FileManager.default.contentsOfDirectory(atPath: house.out) == ["final_video.mp4"])
            let count = api.asked.count
            #expect(try await house.ask(["artifacts", Self.run, "-o", house.out, "--json"]).status == 0)
            #expect(api.asked.count == count + 1, "what is there is not fetched again")
        }
    }

    @Test("keeps nothing of a file that is not what its checksum says")
    func wrong() async throws {
        let id = "art_01ARZ3NDEKTSV4RRFFQ69G5FAV"
        let (bytes, meta) = Self.film(id, sum: String(repeating: "a", count: 64))
        try await ScriptedAPI.open { asked in
            asked.what.hasSuffix("/content") ? HTTPResponse(200, body: .bytes(bytes)) : ScriptedAPI.json(meta)
        } _: { _, url in
            let house = try Household(["AINER_SERVER": url])
            defer { house.clear() }
            let fetched = try await house.ask(["artifacts", Self.run, "-o", house.out])
            #expect(fetched.status == 1 && fetched.complaint.contains("checksum"), "\(fetched.complaint)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: house.out).isEmpty)
        }
    }
}
