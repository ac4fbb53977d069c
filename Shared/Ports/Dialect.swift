// Ports · doors · sees Contracts

/// How a database wants our one text spelled.
package enum Dialect: String, Sendable {
    case sqlite
    case postgres

    /// The statement's text as this database reads it.
    package func spelling(_ text: StaticString) -> String { spelling("\(text)") }

    /// The migration's text as this database reads it: it is written in SQLite STRICT words.
    package func schema(_ text: StaticString) -> String { schema("\(text)") }

    package func schema(_ text: String) -> String {
        let spelled = spelling(text)
        return self == .sqlite ? spelled : SchemaWords.postgres(spelled)
    }

    private func spelling(_ text: String) -> String {
        let other = self == .sqlite ? "-- only postgres" : "-- only sqlite"
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasSuffix(other) }
            .joined(separator: "\n")
    }
}

/// Rewrites the few words in which a schema's spelling differs. What stands in quotes and comments stays as it is.
private enum SchemaWords {
    private struct Word {
        let text: Substring
        /// False for what is between words and for what is quoted or commented.
        let isWord: Bool
    }

    static func postgres(_ text: String) -> String {
        let parts = split(text)
        var spelled = ""
        var index = parts.startIndex
        while index < parts.endIndex {
            if let end = ownNumber(parts, from: index) {
                spelled += "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
                index = end
            } else {
                spelled +=
                    parts[index].isWord ? postgres(parts[index].text, isCast: isCast(parts, index)) : parts[index].text
                index += 1
            }
        }
        return spelled
    }

    private static func postgres(_ word: Substring, isCast: Bool) -> Substring {
        switch word {
        case "INTEGER": "BIGINT"
        case "REAL": "DOUBLE PRECISION"
        case "BLOB": "BYTEA"
        case "STRICT": ""
        // Order by bytes, as on SQLite, whatever the database's locale. A cast takes no collation.
        case "TEXT": isCast ? word : "TEXT COLLATE \"C\""
        default: word
        }
    }

    /// Where `INTEGER PRIMARY KEY AUTOINCREMENT` ends if it begins here.
    private static func ownNumber(_ parts: [Word], from start: Int) -> Int? {
        var wanted = ["INTEGER", "PRIMARY", "KEY", "AUTOINCREMENT"][...]
        for index in start..<parts.endIndex {
            if !parts[index].isWord {
                guard index > start, parts[index].text.allSatisfy(\.isWhitespace) else { return nil }
                continue
            }
            guard parts[index].text == wanted.removeFirst() else { return nil }
            if wanted.isEmpty { return index + 1 }
        }
        return nil
    }

    private static func isCast(_ parts: [Word], _ index: Int) -> Bool {
        parts[..<index].last(where: \.isWord)?.text == "AS"
    }

    private static func split(_ text: String) -> [Word] {
        var parts: [Word] = []
        var rest = text[...]
        while let first = rest.first {
            let end: Substring.Index
            var isWord = false
            if first == "'" || first == "\"" {
                end = afterQuote(rest, first)
            } else if rest.hasPrefix("--") {
                end = rest.firstIndex(of: "\n") ?? rest.endIndex
            } else if isPartOfWord(first) {
                end = rest.firstIndex { !isPartOfWord($0) } ?? rest.endIndex
                isWord = true
            } else {
                end = rest.index(after: rest.startIndex)
            }
            parts.append(Word(text: rest[..<end], isWord: isWord))
            rest = rest[end...]
        }
        return parts
    }

    /// A doubled quote ends a quotation and begins the next at once, which comes to the same.
    private static func afterQuote(_ text: Substring, _ quote: Character) -> Substring.Index {
        let inner = text.dropFirst()
        guard let close = inner.firstIndex(of: quote) else { return text.endIndex }
        return text.index(after: close)
    }

    private static func isPartOfWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}
