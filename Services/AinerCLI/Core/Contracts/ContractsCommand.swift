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

/// Arguments that are taken away one by one; what is left was not understood.
private struct Words {
    private var rest: [String]

    init(_ rest: [String]) { self.rest = rest }

    mutating func flag(_ name: String) -> Bool {
        let isThere = rest.contains(name)
        rest.removeAll { $0 == name }
        return isThere
    }

    mutating func value(of option: String) throws(UsageFault) -> String? {
        guard let index = rest.firstIndex(of: option) else { return nil }
        guard rest.indices.contains(index + 1), !rest[index + 1].isEmpty else {
            throw UsageFault(description: "\(option) needs a value")
        }
        let value = rest[index + 1]
        rest.removeSubrange(index...(index + 1))
        return value
    }

    mutating func catalogue() throws(UsageFault) -> Catalogue? {
        guard let word = try value(of: "--catalog") else { return nil }
        guard let catalogue = Catalogue(rawValue: word) else {
            throw UsageFault(description: "--catalog is ainer, genesis, agent or unit, not \"\(word)\"")
        }
        return catalogue
    }

    mutating func only(_ what: String) throws(UsageFault) -> String {
        guard let word = rest.first, !word.hasPrefix("--") else { throw UsageFault(description: "give \(what)") }
        rest.removeFirst()
        return word
    }

    func end(of command: String) throws(UsageFault) {
        if let word = rest.first { throw UsageFault(description: "\"\(word)\" is too much for \(command)") }
    }
}
