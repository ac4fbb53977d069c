// Picture · pure · sees Contracts, Policies
import Policies

/// How an English word may have been bent.
enum Inflection {
    /// The word, and what it may be a plural or a tense of.
    static func forms(of word: String) -> [String] {
        var forms = [word]
        if word.hasSuffix("s") { forms.append(cut(word, 1)) }
        if word.hasSuffix("es") { forms.append(cut(word, 2)) }
        for ending in ["ing", "ed"] where word.hasSuffix(ending) && word.count > ending.count + 2 {
            let stem = cut(word, ending.count)
            forms += [stem, stem + "e"]
            if let last = stem.last, stem.dropLast().last == last { forms.append(cut(stem, 1)) }
        }
        return forms
    }

    private static func cut(_ word: String, _ count: Int) -> String { String(word.dropLast(count)) }
}

/// A word as the set of its runs of three letters: words spelt alike have many in common.
struct Grams {
    /// From here on two words count as neighbours.
    static let enough = 0.45

    private let runs: Set<UInt64>

    init(_ word: String) {
        let letters = Array("^" + word + "$")
        guard letters.count >= 3 else {
            runs = [Seed.hash(word)]
            return
        }
        runs = Set((0...letters.count - 3).map { Seed.hash(String(letters[$0..<$0 + 3])) })
    }

    /// The cosine of the two.
    func likeness(to other: Grams) -> Double {
        let shared = Double(runs.intersection(other.runs).count)
        return shared / (Double(runs.count) * Double(other.runs.count)).squareRoot()
    }
}
