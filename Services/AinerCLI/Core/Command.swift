// AinerCLICore · pure · sees Contracts, Policies
package import Contracts

/// What somebody asked of the program.
package enum Command: Equatable, Sendable {
    case make(MakeOptions)
    case plan(PlanOptions)
    case skill(SkillOptions)
    case serve
    case client(ClientCommand)
    case contracts(ContractsCommand)
    case explain(code: String, isJSON: Bool)
    case settings
    case version
    case help

    package static let usage = """
        usage: ainer make FILE [-o FOLDER] [--quality draft|standard|ultra] [--seed NUMBER] [--json]
               ainer plan FILE [--seed NUMBER] [--json]     what would be shown of a story, and what it takes
               ainer skill NN --input FILE [--seed NUMBER]  what one skill answers to a story, or to its input as JSON
               ainer serve         every service in this process, and its API over HTTP
        \(ClientCommand.usage)
               ainer contracts list [--catalog NAME] [--json] | show NAME [--json] | validate FILE|- [--json]
                               | export --out FOLDER
               ainer explain CODE [--json]     what an error code means and what helps
               ainer settings      what the environment can set
               ainer version
               ainer help

        make turns a story (plain text or Markdown) into FOLDER/NAME.mp4 with subtitles and a manifest.
        Stopped half-way, the same command goes on where it was.
        contracts validate reads one envelope a line and prints the first fault of each that is refused.

        From submit to token each asks an ainer that serves: --server URL, AINER_SERVER, where you signed in, or the one
        in the data folder. Each takes --json.

        exit: 0 done, 1 the film failed or an envelope is refused, 2 wrong usage, 3 there is no such thing,
              4 not signed in or not allowed, 5 refused, 66 the file cannot be read, 69 the server does not answer,
              73 the outputs cannot be written, 75 the data folder is in use, 78 wrong settings, 130 interrupted
        """
}

package struct MakeOptions: Equatable, Sendable {
    package var file: String
    package var folder = "out"
    package var quality = Quality.standard
    package var seed: UInt64 = 1
    package var isJSON = false

    package init(file: String) { self.file = file }
}

package struct PlanOptions: Equatable, Sendable {
    package var file: String
    package var seed: UInt64 = 1
    package var isJSON = false

    package init(file: String) { self.file = file }

    init(_ arguments: [String]) throws(UsageFault) {
        let make = try MakeOptions(arguments)
        self.init(file: make.file)
        guard make.folder == MakeOptions(file: "").folder, make.quality == .standard else {
            throw UsageFault(description: "plan takes a story file, --seed and --json; it makes nothing")
        }
        (seed, isJSON) = (make.seed, make.isJSON)
    }
}

package struct SkillOptions: Equatable, Sendable {
    package var skill: Int
    package var file: String
    package var seed: UInt64 = 1

    /// As the specification numbers it: `04`.
    package var name: String { skill < 10 ? "0\(skill)" : "\(skill)" }

    init(_ arguments: [String]) throws(UsageFault) {
        let inputs = arguments.indices.filter { arguments[$0] == "--input" }
        guard let number = arguments.first.flatMap(Int.init), (1...22).contains(number), inputs.count == 1,
            let at = inputs.first, at + 1 < arguments.count
        else {
            throw UsageFault(description: "skill takes its number, 01 to 22, and --input FILE (- is standard input)")
        }
        var rest = Array(arguments.dropFirst())
        rest.remove(at: at - 1)
        let make = try MakeOptions(rest)
        guard make.folder == MakeOptions(file: "").folder, make.quality == .standard, !make.isJSON else {
            throw UsageFault(description: "skill takes --input and --seed; it answers in JSON and makes nothing")
        }
        (skill, file, seed) = (number, make.file, make.seed)
    }
}

package struct UsageFault: Error, Equatable, CustomStringConvertible {
    package let description: String
    package var errorCode: ErrorCode { .commandLine }
}

extension Command {
    package init(_ arguments: [String]) throws(UsageFault) {
        switch arguments.first {
        case "make": self = .make(try MakeOptions(Array(arguments.dropFirst())))
        case "plan": self = .plan(try PlanOptions(Array(arguments.dropFirst())))
        case "skill": self = .skill(try SkillOptions(Array(arguments.dropFirst())))
        case "serve":
            guard arguments.count == 1 else {
                throw UsageFault(description: "serve takes nothing: see `ainer settings`")
            }
            self = .serve
        case let name? where ClientCommand.names.contains(name):
            self = .client(try ClientCommand(name, Array(arguments.dropFirst())))
        case "contracts": self = .contracts(try ContractsCommand(Array(arguments.dropFirst())))
        case "explain": self = try Self.explain(Array(arguments.dropFirst()))
        case "settings": self = .settings
        case "version", "--version": self = .version
        case nil, "help", "--help", "-h": self = .help
        case let word?: throw UsageFault(description: "\"\(word)\" is not a command")
        }
    }

    private static func explain(_ arguments: [String]) throws(UsageFault) -> Command {
        let words = arguments.filter { $0 != "--json" }
        guard words.count == 1 else {
            throw UsageFault(description: "explain takes one code, for example ORCH-STATE-001")
        }
        return .explain(code: words[0], isJSON: words.count < arguments.count)
    }
}

extension MakeOptions {
    init(_ arguments: [String]) throws(UsageFault) {
        var rest = arguments[...]
        var files: [String] = []
        self.init(file: "")
        while let word = rest.popFirst() {
            switch word {
            case "-o", "--out": folder = try Self.value(after: word, &rest)
            case "--quality":
                let text = try Self.value(after: word, &rest)
                guard let quality = Quality(rawValue: text) else {
                    throw UsageFault(description: "--quality is draft, standard or ultra, not \"\(text)\"")
                }
                self.quality = quality
            case "--seed":
                let text = try Self.value(after: word, &rest)
                guard let seed = UInt64(text), seed < 1 << 53 else {
                    throw UsageFault(
                        description: "--seed is a whole number from 0 to 9007199254740991, not \"\(text)\"")
                }
                self.seed = seed
            case "--json": isJSON = true
            case _ where word.hasPrefix("-") && word != "-":
                throw UsageFault(description: "\"\(word)\" is not an option of make")
            default: files.append(word)
            }
        }
        guard files.count == 1 else {
            throw UsageFault(
                description: files.isEmpty ? "make needs a story file" : "make takes one story file at a time")
        }
        file = files[0]
    }

    private static func value(after option: String, _ rest: inout ArraySlice<String>) throws(UsageFault) -> String {
        guard let value = rest.popFirst(), !value.isEmpty else {
            throw UsageFault(description: "\(option) needs a value")
        }
        return value
    }
}
