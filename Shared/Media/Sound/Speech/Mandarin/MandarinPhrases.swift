// Sound · pure · sees Contracts, Policies

/// Words whose characters have another sound than alone.
enum MandarinPhrases {
    /// The syllables of the longest known phrase that begins here, one a character; "-" is read as it is.
    static func longest(in scalars: [Unicode.Scalar], at index: Int) -> [String]? {
        guard let choices = byFirst[scalars[index]] else { return nil }
        let rest = scalars[index...]
        return choices.first { rest.starts(with: $0.scalars) }?.syllables
    }

    private struct Phrase {
        let scalars: [Unicode.Scalar]
        let syllables: [String]
    }

    /// Longest first under the character they begin with.
    private static let byFirst: [Unicode.Scalar: [Phrase]] = {
        let lines = [changing, neutral, family].joined(separator: "\n").split(separator: "\n")
        let phrases = lines.flatMap { $0.split(separator: ",") }.compactMap { entry -> Phrase? in
            let words = entry.split(separator: " ").map(String.init)
            guard let name = words.first, name.unicodeScalars.count == words.count - 1 else { return nil }
            return Phrase(scalars: Array(name.unicodeScalars), syllables: Array(words.dropFirst()))
        }
        var table: [Unicode.Scalar: [Phrase]] = [:]
        for phrase in phrases { if let first = phrase.scalars.first { table[first, default: []].append(phrase) } }
        return table.mapValues { $0.sorted { $0.scalars.count > $1.scalars.count } }
    }()
}
