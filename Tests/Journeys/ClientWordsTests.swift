// JourneyTests · tests · sees AinerCLI, AinerCLICore, AinerVoice, Contracts, Wire, Ports, SQLiteDriver
import AinerCLICore
import Contracts
import Foundation
import Testing
import Wire

@Suite("The words of a client")
struct ClientWordsTests {
    private static let run = RunID(trusted: "run_01ARZ3NDEKTSV4RRFFQ69G5FAV")

    private func deed(_ line: String) throws -> ClientCommand.Deed? {
        guard case .client(let command) = try Command(line.split(separator: " ").map(String.init)) else { return nil }
        return command.deed
    }

    @Test("are read as what they ask")
    func read() throws {
        let run = Self.run
        var options = SubmitOptions(file: "a.md")
        (options.quality, options.tags, options.priority, options.key) = (.draft, ["x", "y"], 3, "k")
        #expect(
            try deed("submit a.md --tag x --quality draft --tag y --priority 3 --key k") == .submit(options))
        #expect(try deed("runs") == .runs(RunFilter()))
        #expect(try deed("runs \(run)") == .show(run))
        #expect(try deed("cancel \(run) --reason late") == .order(.cancel, run, reason: "late"))
        #expect(try deed("reject \(run) animatic") == .decide(.reject, run, gate: "animatic", comment: nil))
        #expect(try deed("retake \(run) S1 S2 --dry-run") == .retake(run, shots: ["S1", "S2"], isDry: true))
        #expect(try deed("artifacts \(run) -o x --type subtitles") == .artifacts(run, type: .subtitles, folder: "x"))
        #expect(
            try deed("token create ci --scope runs:read --scope runs:write --days 30")
                == .createToken(name: "ci", scopes: ["runs:read", "runs:write"], days: 30))
        #expect(try deed("tail --run \(run)") == .tail(run))
        #expect(try deed("tail") == .tail(nil))
        #expect(try deed("why \(run)") == .why(run))
        let command = try Command(["watch", run.rawValue, "--json", "--server", "https://films.example"])
        guard case .client(let client) = command else {
            Issue.record("no client")
            return
        }
        #expect(client.isJSON && client.server == "https://films.example")
    }

    @Test("of an operator are read as what he wishes, and what is too broad or unexplained is refused")
    func operators() throws {
        let (node, event) = (NodeID(trusted: "node_1"), EventID(trusted: "evt_1"))
        #expect(try deed("workers") == .operate(.workers))
        #expect(try deed("workers drain node_1 --reason disk") == .operate(.node(.drain, node, reason: "disk")))
        #expect(try deed("queues rebuild --plan") == .operate(.rebuild(isPlan: true)))
        #expect(try deed("dlq") == .operate(.dead(DeadFilter(state: .dead))))
        #expect(try deed("dlq --all") == .operate(.dead(DeadFilter())))
        #expect(
            try deed("dlq list --state dead --run \(Self.run)")
                == .operate(.dead(DeadFilter(runID: Self.run, state: .dead))))
        #expect(try deed("dlq show evt_1") == .operate(.deadOne(event)))
        #expect(
            try deed("dlq replay evt_1 --plan")
                == .operate(.decide(.replay, DeadFilter(eventIDs: [event]), reason: nil, isPlan: true)))
        #expect(try deed("dlq replay --all") == .operate(.decide(.replay, DeadFilter(), reason: nil, isPlan: false)))
        #expect(
            try deed("dlq drop --code WORKER-EXEC-002 --reason old")
                == .operate(.decide(.drop, DeadFilter(errorCode: .executionFailed), reason: "old", isPlan: false)))
        for line in [
            "dlq replay", "dlq drop evt_1", "dlq bury", "dlq show", "workers rest node_1", "queues clear", "status now",
        ] {
            #expect(throws: UsageFault.self, "\(line)") { try deed(line) }
        }
    }

    @Test(
        "are refused when they ask nothing",
        arguments: [
            "submit", "submit a.md b.md", "submit a.md --seed -1", "submit a.md --priority 10", "runs nobody",
            "runs --status lost", "runs --limit 0", "watch", "cancel", "approve run_01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "retake run_01ARZ3NDEKTSV4RRFFQ69G5FAV", "token", "token create ci", "token revoke", "login",
            "login films.example", "logout now", "tail --run", "runs --server films.example",
            "artifacts run_01ARZ3NDEKTSV4RRFFQ69G5FAV --type dream",
        ])
    func refused(_ line: String) {
        #expect(throws: UsageFault.self) { _ = try deed(line) }
    }

    @Test("name files that lie in the folder and are all different, whatever the server calls its things")
    func names() throws {
        func meta(_ type: ArtifactType, _ unit: String?, _ mime: String?, _ last: String) -> ArtifactMeta {
            var meta = ArtifactMeta(
                artifactID: ArtifactID(trusted: "art_01ARZ3NDEKTSV4RRFFQ69G5FA\(last)"), type: type, uri: "object:x",
                checksum: "sha256:x", sizeBytes: 1, createdAt: Timestamp(microseconds: 0))
            (meta.unit, meta.mimeType) = (unit, mime)
            return meta
        }
        let names = ArtifactSheet.names([
            meta(.finalVideo, nil, "video/mp4", "A"), meta(.shotVideo, "../../etc/x", nil, "B"),
            meta(.dialogueWav, "L0001", "audio/wav", "C"), meta(.dialogueWav, "L0001", "audio/wav", "D"),
            meta(.subtitles, nil, "application/octet-stream", "E"),
        ])
        #expect(
            names == [
                "final_video.mp4", "shot_video-______etc_x.mp4", "dialogue_wav-L0001.wav",
                "dialogue_wav-L0001-art_01ARZ3NDEKTSV4RRFFQ69G5FAD.wav", "subtitles.srt",
            ])
    }

    @Test("tell a script by a number what a refusal is")
    func exits() {
        let statuses = [400, 401, 403, 404, 409, 413, 422, 429, 500, 503]
        #expect(statuses.map(ExitCode.of(httpStatus:)) == [5, 4, 4, 3, 5, 5, 5, 69, 69, 69])
    }

    @Test("tell a person what is refused, where, and what helps")
    func refusal() throws {
        let refusal = try JSON.decode(
            Refusal.self,
            from: """
                {"status":422,"detail":"the body is not right","error_code":"REQ-VALIDATION-001","next_step":"mend it",
                "errors":[{"pointer":"#/story","detail":"say one"},{"parameter":"limit","in":"query","detail":"a number"}]}
                """)
        #expect(refusal.exit == 5)
        #expect(
            refusal.lines() == ["the body is not right", "  #/story  say one", "  limit  a number", "next: mend it"])
    }

    @Test("of a stranger move nothing on the terminal")
    func plain() {
        #expect(RunSheet.plain("a\u{1B}[2Jb\n") == "a?[2Jb?")
    }

    @Test("stand in docs/cli.md as the program understands them, with every exit status")
    func page() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appendingPathComponent("docs/cli.md"), encoding: .utf8)
        let commands = page.split(separator: "\n").filter { $0.hasPrefix("$ ./ainer ") }
        #expect(commands.count > 10)
        for line in commands {
            let words = line.dropFirst("$ ./ainer ".count).prefix { $0 != "#" && $0 != "|" && $0 != "<" }
            let named = words.replacing("$RUN", with: Self.run.rawValue).replacing("$NODE", with: "node_1")
                .replacing("$EVENT", with: "evt_1")
            let command = named.split(separator: " ").map(String.init)
            #expect(throws: Never.self, "\(line)") { _ = try Command(command) }
        }
        for status in [0, 1, 2, 3, 4, 5, 66, 69, 73, 75, 78, 130] {
            #expect(page.contains("\n| \(status) | "), "\(status)")
        }
    }
}
