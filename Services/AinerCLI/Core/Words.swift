// AinerCLICore · pure · sees Contracts, Policies

/// Arguments that are taken away one by one; what is left was not understood.
struct Words {
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

    /// Of an option that may be said more than once.
    mutating func values(of option: String) throws(UsageFault) -> [String] {
        var values: [String] = []
        while let value = try value(of: option) { values.append(value) }
        return values
    }

    mutating func number(of option: String, in range: ClosedRange<Int>) throws(UsageFault) -> Int? {
        guard let text = try value(of: option) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw UsageFault(
                description:
                    "\(option) is a whole number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\"")
        }
        return number
    }

    /// One of the words a type knows.
    mutating func word<Word: RawRepresentable & CaseIterable>(
        of option: String, _: Word.Type = Word.self
    ) throws(UsageFault) -> Word? where Word.RawValue == String {
        guard let text = try value(of: option) else { return nil }
        guard let word = Word(rawValue: text) else {
            let all = Word.allCases.map(\.rawValue)
            let list = all.dropLast().joined(separator: ", ") + " or " + (all.last ?? "")
            throw UsageFault(description: "\(option) is \(list), not \"\(text)\"")
        }
        return word
    }

    mutating func only(_ what: String) throws(UsageFault) -> String {
        guard let word = rest.first, !word.hasPrefix("--") else { throw UsageFault(description: "give \(what)") }
        rest.removeFirst()
        return word
    }

    /// The next word, when there is one.
    mutating func next() -> String? {
        guard let word = rest.first, !word.hasPrefix("--") else { return nil }
        return rest.removeFirst()
    }

    func end(of command: String) throws(UsageFault) {
        if let word = rest.first { throw UsageFault(description: "\"\(word)\" is too much for \(command)") }
    }
}
