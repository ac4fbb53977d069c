// Ingest · pure · sees Contracts, Policies

/// Markdown and the few HTML tags that come along with pasted text, taken off.
enum Markup {
    /// The text behind `#`, when a line is a heading.
    static func heading(_ line: String) -> String? {
        let marks = line.prefix { $0 == "#" }.count
        guard (1...6).contains(marks), line.dropFirst(marks).first == " " else { return nil }
        var text = line.dropFirst(marks).drop { $0 == " " }
        while text.last == "#" || text.last == " " { text.removeLast() }
        return text.isEmpty ? nil : String(text)
    }

    /// `[name]: https://…`, a link's address kept elsewhere.
    static func isReference(_ line: String) -> Bool {
        guard line.first == "[", let close = line.firstRange(of: "]:") else { return false }
        return line[close.upperBound...].contains("://")
    }

    /// A line without the `>` of a quotation from elsewhere.
    static func withoutQuoteMarks(_ line: String) -> String {
        var rest = Substring(line)
        while rest.first == ">" {
            rest.removeFirst()
            if rest.first == " " { rest.removeFirst() }
        }
        return String(rest)
    }

    static func isListItem(_ line: String) -> Bool { bullet(of: line) > 0 }

    /// How many characters of a line are its bullet or its number.
    private static func bullet(of line: String) -> Int {
        let indent = line.prefix { $0 == " " }.count
        let body = line.dropFirst(indent)
        if let first = body.first, "-*+•".contains(first), body.dropFirst().first == " " { return indent + 2 }
        let digits = body.prefix { $0.isASCII && $0.isNumber }.count
        guard (1...3).contains(digits) else { return 0 }
        let after = body.dropFirst(digits)
        return (after.first == "." || after.first == ")") && after.dropFirst().first == " " ? indent + digits + 2 : 0
    }

    /// A paragraph as it reads aloud: no bullet, links as their words, no pictures, tags or stars.
    static func plain(_ paragraph: String) -> String {
        let item = paragraph.dropFirst(bullet(of: paragraph))
        let bare = withoutEmphasis(withoutTags(withoutLinks(Array(item))))
        return collapsed(bare)
    }

    private static func collapsed(_ characters: [Character]) -> String {
        var text = ""
        for character in characters {
            let isBlank = character.isWhitespace
            if isBlank, text.last == " " || text.isEmpty { continue }
            text.append(isBlank && character != "\u{3000}" ? " " : character)
        }
        return Cleaning.trimmed(text)
    }

    /// `[words](address)` becomes its words, `![picture](address)` goes.
    private static func withoutLinks(_ text: [Character]) -> [Character] {
        var out: [Character] = []
        var index = 0
        while index < text.count {
            let isPicture = text[index] == "!" && index + 1 < text.count && text[index + 1] == "["
            let open = isPicture ? index + 1 : index
            if text[open] == "[", let link = link(in: text, at: open) {
                if !isPicture { out += text[(open + 1)..<link.label] }
                index = link.end
            } else {
                out.append(text[index])
                index += 1
            }
        }
        return out
    }

    /// Where the label and the whole link that open at `[` end.
    private static func link(in text: [Character], at open: Int) -> (label: Int, end: Int)? {
        let reach = min(text.count, open + 600)
        guard let label = text[open..<reach].firstIndex(of: "]"), label + 1 < text.count else { return nil }
        let closing: Character
        switch text[label + 1] {
        case "(": closing = ")"
        case "[": closing = "]"
        default: return nil
        }
        guard let end = text[(label + 2)..<max(label + 2, reach)].firstIndex(of: closing) else { return nil }
        return (label, end + 1)
    }

    private static func withoutTags(_ text: [Character]) -> [Character] {
        var out: [Character] = []
        var index = 0
        while index < text.count {
            if text[index] == "<", let end = tagEnd(in: text, at: index) {
                if parts(text[index..<end]) { out.append(" ") }
                index = end
            } else if text[index] == "&", let entity = entity(in: text, at: index) {
                out += entity.text
                index = entity.end
            } else {
                out.append(text[index])
                index += 1
            }
        }
        return out
    }

    /// Tags that part words; the others only dress them.
    private static func parts(_ tag: ArraySlice<Character>) -> Bool {
        let name = String(tag.drop { !$0.isLetter }.prefix { $0.isLetter || $0.isNumber }).lowercased()
        return !["b", "i", "em", "strong", "span", "a", "u", "s", "sup", "sub", "small", "font", "q", "mark"].contains(
            name)
    }

    private static func tagEnd(in text: [Character], at open: Int) -> Int? {
        guard open + 1 < text.count, text[open + 1].isASCII,
            text[open + 1].isLetter || text[open + 1] == "/" || text[open + 1] == "!"
        else { return nil }
        let window = text[open..<min(text.count, open + 300)]
        guard let close = window.firstIndex(of: ">"), !window[(open + 1)..<close].contains("<") else { return nil }
        return close + 1
    }

    private static let entities: [(name: String, text: String)] = [
        ("&amp;", "&"), ("&quot;", "\""), ("&nbsp;", " "), ("&#39;", "'"), ("&apos;", "'"), ("&lt;", "‹"),
        ("&gt;", "›"), ("&mdash;", "—"), ("&ndash;", "–"), ("&hellip;", "…"), ("&ldquo;", "“"), ("&rdquo;", "”"),
        ("&lsquo;", "‘"), ("&rsquo;", "’"),
    ]

    private static func entity(in text: [Character], at index: Int) -> (text: String, end: Int)? {
        let window = String(text[index..<min(text.count, index + 8)])
        guard let found = entities.first(where: { window.hasPrefix($0.name) }) else { return nil }
        return (found.text, index + found.name.count)
    }

    /// Stars, underscores, tildes and backticks that only mean bold or slanted.
    private static func withoutEmphasis(_ text: [Character]) -> [Character] {
        var out: [Character] = []
        var index = 0
        while index < text.count {
            let character = text[index]
            switch character {
            case "\\" where index + 1 < text.count && "*_~`#[]()\\".contains(text[index + 1]):
                out.append(text[index + 1])
                index += 1
            case "*", "`": break
            case "~" where index + 1 < text.count && text[index + 1] == "~": index += 1
            case "_" where !isInsideWord(index, of: text): break
            default: out.append(character)
            }
            index += 1
        }
        return out
    }

    private static func isInsideWord(_ index: Int, of text: [Character]) -> Bool {
        guard index > 0, index + 1 < text.count else { return false }
        let before = text[index - 1]
        let after = text[index + 1]
        return (before.isLetter || before.isNumber) && (after.isLetter || after.isNumber)
    }
}
