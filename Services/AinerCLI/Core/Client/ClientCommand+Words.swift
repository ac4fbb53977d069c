// AinerCLICore · pure · sees Contracts, Policies
import Contracts

extension ClientCommand {
    init(_ name: String, _ arguments: [String]) throws(UsageFault) {
        var words = Words(arguments)
        isJSON = words.flag("--json")
        server = try words.value(of: "--server")
        if let server, !server.hasPrefix("http://"), !server.hasPrefix("https://") {
            throw UsageFault(description: "--server is a URL, for example http://127.0.0.1:8080, not \"\(server)\"")
        }
        if let order = Order(rawValue: name) {
            let reason = try words.value(of: "--reason")
            deed = .order(order, try words.run(), reason: reason)
        } else if let verdict = Verdict(rawValue: name) {
            let comment = try words.value(of: "--comment")
            deed = .decide(verdict, try words.run(), gate: try words.only("the name of a gate"), comment: comment)
        } else {
            deed = try Self.deed(name, &words)
        }
        try words.end(of: name)
    }

    private static func deed(_ name: String, _ words: inout Words) throws(UsageFault) -> Deed {
        switch name {
        case "submit": return .submit(try SubmitOptions(&words))
        case "runs": return try runs(&words)
        case "watch": return .watch(try words.run())
        case "retake": return try retake(&words)
        case "artifacts":
            let type = try words.word(of: "--type", ArtifactType.self)
            let folder = try words.folder()
            return .artifacts(try words.run(), type: type, folder: folder)
        case "token": return try token(&words)
        case "login":
            let email = try words.value(of: "--email")
            let server = try words.only("the URL of the server, for example https://films.example")
            guard server.hasPrefix("http://") || server.hasPrefix("https://") else {
                throw UsageFault(description: "login needs a URL, for example https://films.example, not \"\(server)\"")
            }
            return .login(server: server, email: email)
        case "logout": return .logout
        case "why": return .why(try words.run())
        case "jobs": return .jobs(try words.run())
        case "status", "workers", "queues", "dlq": return .operate(try OperatorWish(name, &words))
        case "open": return .open
        default:
            guard let run = try words.value(of: "--run") else { return .tail(nil) }
            return .tail(try Words.run(run))
        }
    }

    private static func runs(_ words: inout Words) throws(UsageFault) -> Deed {
        var filter = RunFilter()
        filter.status = try words.word(of: "--status")
        filter.tag = try words.value(of: "--tag")
        filter.limit = try words.number(of: "--limit", in: 1...10_000) ?? filter.limit
        guard let run = words.next() else { return .runs(filter) }
        guard filter == RunFilter() else {
            throw UsageFault(description: "one run needs no --status, --tag or --limit")
        }
        return .show(try Words.run(run))
    }

    private static func retake(_ words: inout Words) throws(UsageFault) -> Deed {
        let isDry = words.flag("--dry-run")
        let run = try words.run()
        var shots = [try words.only("the shots that are to be made again")]
        while let shot = words.next() { shots.append(shot) }
        return .retake(run, shots: shots, isDry: isDry)
    }

    private static func token(_ words: inout Words) throws(UsageFault) -> Deed {
        switch words.next() {
        case "create":
            let scopes = try words.values(of: "--scope")
            let days = try words.number(of: "--days", in: 1...3650)
            let name = try words.only("what to call the token")
            guard !scopes.isEmpty else {
                throw UsageFault(description: "token create needs --scope, for example --scope runs:read")
            }
            return .createToken(name: name, scopes: scopes, days: days)
        case "list": return .listTokens
        case "revoke": return .revokeToken(try words.only("the id of a token: `ainer token list` shows them"))
        case let verb: throw UsageFault(description: "token needs create, list or revoke, not \"\(verb ?? "")\"")
        }
    }
}

extension Words {
    fileprivate mutating func folder() throws(UsageFault) -> String? {
        if let folder = try value(of: "-o") { return folder }
        return try value(of: "--out")
    }

    mutating func run() throws(UsageFault) -> RunID {
        try Self.run(try only("the id of a run: `ainer runs` lists them"))
    }

    static func run(_ text: String) throws(UsageFault) -> RunID {
        guard let run = RunID(rawValue: text) else {
            throw UsageFault(description: "\"\(text)\" is not the id of a run: `ainer runs` lists them")
        }
        return run
    }
}

extension SubmitOptions {
    fileprivate init(_ words: inout Words) throws(UsageFault) {
        self.init(file: "")
        quality = try words.word(of: "--quality") ?? quality
        seed = UInt64(try words.number(of: "--seed", in: 0...9_007_199_254_740_991) ?? 1)
        project = try words.value(of: "--project")
        tags = try words.values(of: "--tag")
        priority = try words.number(of: "--priority", in: 0...9)
        webhook = try words.value(of: "--webhook")
        key = try words.value(of: "--key")
        isWaiting = words.flag("--wait")
        isSandbox = words.flag("--sandbox")
        file = try words.only("a story file, or - for standard input")
    }
}
