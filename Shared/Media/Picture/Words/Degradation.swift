// Picture · pure · sees Contracts, Policies

/// A word the engine could not draw as asked, and what it drew instead. Unknown words never fail a shot.
package struct Degradation: Codable, Hashable, Sendable {
    package enum Rule: String, Codable, Hashable, Sendable {
        /// Another word for a thing we draw.
        case alias
        /// Drawn as its last noun: `fish_market` as `market`.
        case headNoun = "head_noun"
        /// Drawn as what is typical of its category: a `goblet` as a bowl.
        case category
        /// Drawn as the word that is spelt most alike.
        case neighbour
        /// Drawn as the plainest thing of its kind.
        case generic
        /// Names somebody or something that is not in the shot.
        case dangling
        /// A number outside its range.
        case outOfRange = "out_of_range"
        /// Nobody said how this person looks.
        case noProfile = "no_profile"
        /// No installed font has these letters.
        case noGlyphs = "no_glyphs"
    }

    package enum Severity: String, Codable, Hashable, Sendable {
        case info
        case warn
    }

    /// Where in the shot: `$.setting.kind`.
    package var path: String
    package var word: String
    package var used: String
    package var rule: Rule
    package var severity: Severity

    package init(path: String, word: String, used: String, rule: Rule, severity: Severity) {
        self.path = path
        self.word = word
        self.used = used
        self.rule = rule
        self.severity = severity
    }
}

/// The record of everything that came out differently.
package struct Degradations: Hashable, Sendable {
    package private(set) var all: [Degradation] = []

    package init() {}

    mutating func note(_ path: String, _ word: String, used: String, _ rule: Degradation.Rule) {
        let isMild = [.alias, .headNoun, .category, .outOfRange].contains(rule)
        let made = Degradation(
            path: path, word: String(word.prefix(80)), used: used, rule: rule, severity: isMild ? .info : .warn)
        if !all.contains(made) { all.append(made) }
    }

    mutating func merge(_ others: Degradations) {
        for other in others.all where !all.contains(other) { all.append(other) }
    }
}
