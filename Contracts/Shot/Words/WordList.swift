// Contracts · pure · sees nothing

/// A vocabulary of the shot. Its words are promises; any other word may stand in their place and is drawn as the nearest.
package struct WordList: Hashable, Sendable {
    package let name: String
    package let classes: [WordClass]

    init(_ name: String, _ classes: [WordClass]) {
        self.name = name
        self.classes = classes
    }

    /// A vocabulary without classes.
    init(_ name: String, _ words: String) { self.init(name, [WordClass(name, words)]) }

    package var words: [String] { classes.flatMap(\.words) }
    package func contains(_ word: String) -> Bool { classes.contains { $0.words.contains(word) } }

    /// The class a word belongs to: as a promise, or as one the lexicon knows.
    package func category(of word: String) -> WordClass? {
        classes.first { $0.words.contains(word) || $0.lexicon.contains(word) }
    }
}

/// Words that may stand for each other when there is nothing better.
package struct WordClass: Hashable, Sendable {
    package let name: String
    package let words: [String]
    /// The member that any other of the class may be drawn as; empty: none of them looks like the rest.
    package let typical: String
    /// Words that are no promises, but known to belong here.
    package let lexicon: [String]

    init(_ name: String, _ words: String, typical: String = "", lexicon: String = "") {
        self.name = name
        self.words = words.split(separator: " ").map(String.init)
        self.typical = typical
        self.lexicon = lexicon.split(separator: " ").map(String.init)
    }
}
