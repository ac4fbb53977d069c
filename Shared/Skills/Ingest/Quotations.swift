// Ingest · pure · sees Contracts, Policies

/// Cuts a paragraph where quotation marks open and close.
struct Quotations {
    struct Span: Equatable {
        var isSpeech: Bool
        /// Without the marks.
        var text: String
    }

    private(set) var spans: [Span] = []
    /// The last quotation was not closed: a speech that goes on in the next paragraph.
    private(set) var leavesOpen = false

    private let text: [Character]
    private var plain = ""

    init(_ paragraph: String) {
        text = Array(paragraph)
        read()
    }

    /// Marks that can only open, with the mark that closes them.
    private static let pairs: [Character: Character] = [
        "“": "”", "„": "“", "「": "」", "『": "』", "«": "»", "〝": "〞", "‘": "’",
    ]

    private mutating func read() {
        var index = 0
        while index < text.count {
            let mark = text[index]
            guard opens(at: index), let end = closing(of: mark, from: index) else {
                // A mark that opens nothing is dropped, so that nobody reads it aloud.
                if !Self.isDoubleMark(mark) || isInchMark(index) { plain.append(mark) }
                index += 1
                continue
            }
            let inside = String(text[(index + 1)..<end.at])
            if isSpeech(inside, after: plain, endsAt: end.at) {
                flush()
                spans.append(Span(isSpeech: true, text: Self.stripped(inside)))
            } else {
                plain += inside
            }
            leavesOpen = !end.isClosed
            index = end.at + 1
        }
        flush()
        spans.removeAll { span in !span.text.contains { $0.isLetter || $0.isNumber } }
    }

    private mutating func flush() {
        let narration = Cleaning.trimmed(plain)
        if !narration.isEmpty { spans.append(Span(isSpeech: false, text: narration)) }
        plain = ""
    }

    private static func isDoubleMark(_ mark: Character) -> Bool { "\"“”„＂「」『』«»〝〞".contains(mark) }

    /// 6'2" tall: a measure, not speech.
    private func isInchMark(_ index: Int) -> Bool { text[index] == "\"" && index > 0 && text[index - 1].isNumber }

    // MARK: where a quotation begins

    private func opens(at index: Int) -> Bool {
        let mark = text[index]
        if mark == "‘" || mark == "'" { return opensSingle(at: index) }
        if Self.pairs[mark] != nil { return true }
        guard mark == "\"" || mark == "＂" || mark == "”" else { return false }
        if mark == "”" { return index == 0 }
        guard index + 1 < text.count, !text[index + 1].isWhitespace else { return false }
        return !(isInchMark(index))
    }

    /// A single mark opens speech only where no apostrophe could stand, and only if one closes after a mark of speech.
    private func opensSingle(at index: Int) -> Bool {
        if index > 0 {
            let before = text[index - 1]
            guard before.isWhitespace || "([—–-,:".contains(before) else { return false }
        }
        guard index + 1 < text.count, text[index + 1].isLetter || text[index + 1] == "…" else { return false }
        return closing(of: text[index], from: index)?.isClosed == true
    }

    // MARK: where it ends

    private func closing(of mark: Character, from open: Int) -> (at: Int, isClosed: Bool)? {
        if mark == "'" || mark == "‘" { return closingSingle(from: open) }
        let close: Character = mark == "\"" || mark == "＂" || mark == "”" ? mark : Self.pairs[mark] ?? mark
        var depth = 0
        var index = open + 1
        while index < text.count {
            let character = text[index]
            if character == mark, mark != close { depth += 1 }
            if character == close || (mark == "“" && character == "\"") {
                if depth == 0 { return (index, true) }
                depth -= 1
            }
            index += 1
        }
        // Never closed: the rest of the paragraph is spoken, if there is a rest.
        return open + 1 < text.count ? (text.count, false) : nil
    }

    private func closingSingle(from open: Int) -> (at: Int, isClosed: Bool)? {
        var index = open + 2
        while index < text.count {
            if text[index] == "'" || text[index] == "’", ".,!?…—-".contains(text[index - 1]),
                index + 1 == text.count || !text[index + 1].isLetter
            {
                return (index, true)
            }
            index += 1
        }
        return nil
    }

    // MARK: speech, or a word held with tongs

    private func isSpeech(_ inside: String, after narration: String, endsAt end: Int) -> Bool {
        let words = Words.tokens(of: inside)
        guard !words.isEmpty else { return false }
        let before = Cleaning.trimmed(narration)
        if before.isEmpty && spans.isEmpty { return true }
        if before.isEmpty || words.count > 6 && !Language.isHan(inside.first ?? "a") { return true }
        let last = Cleaning.trimmed(inside).last ?? "a"
        if ",.!?…—-。！？，".contains(last) { return true }
        if let mark = before.last, ",:—–.!?…：，。！？".contains(mark) { return true }
        if let verb = Words.tokens(of: String(before.suffix(40))).last?.key, SpeechVerbs.isVerb(verb) { return true }
        if ["说", "道", "问", "喊", "叫", "答"].contains(before.last.map(String.init) ?? "") { return true }
        let rest = String(text[min(end + 1, text.count)...].prefix(60))
        return Attribution.Clause(after: rest) != nil
    }

    /// Speech without the blanks and single marks around it.
    private static func stripped(_ speech: String) -> String { Cleaning.trimmed(speech) }
}
