// AinerCLICore · pure · sees Contracts, Policies
package import Contracts

/// `ainer contracts …`: what may be said, and whether something may be said.
package enum ContractsCommand: Equatable, Sendable {
    case list(Catalogue?, isJSON: Bool)
    case show(String, Catalogue?, isJSON: Bool)
    /// A file, or `-` for standard input.
    case validate(String, isJSON: Bool)
    case export(folder: String)

    init(_ arguments: [String]) throws(UsageFault) {
        guard let verb = arguments.first else {
            throw UsageFault(description: "contracts needs a verb: list, show, validate or export")
        }
        var words = Words(Array(arguments.dropFirst()))
        let isJSON = words.flag("--json")
        switch verb {
        case "list": self = .list(try words.catalogue(), isJSON: isJSON)
        case "show":
            let catalogue = try words.catalogue()
            self = .show(
                try words.only("the name of an event, a command, a unit or a contract"), catalogue, isJSON: isJSON)
        case "validate":
            self = .validate(try words.only("a file with one envelope a line, or - for standard input"), isJSON: isJSON)
        case "export":
            guard let folder = try words.value(of: "--out") else {
                throw UsageFault(description: "contracts export needs --out FOLDER")
            }
            self = .export(folder: folder)
        default: throw UsageFault(description: "\"\(verb)\" is not a verb of contracts: list, show, validate or export")
        }
        try words.end(of: "contracts \(verb)")
    }
}

extension Words {
    fileprivate mutating func catalogue() throws(UsageFault) -> Catalogue? {
        guard let word = try value(of: "--catalog") else { return nil }
        guard let catalogue = Catalogue(rawValue: word) else {
            throw UsageFault(description: "--catalog is ainer, genesis, agent or unit, not \"\(word)\"")
        }
        return catalogue
    }
}
