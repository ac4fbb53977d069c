// Ingest · pure · sees Contracts, Policies

/// A page in its typographic parts: headings, rules, gaps and paragraphs, markup taken off.
enum Page {
    enum Element: Equatable {
        case heading(String)
        case rule
        /// Two or more blank lines.
        case gap
        case paragraph(String)
    }

    static func elements(of lines: ArraySlice<String>) -> [Element] {
        var elements: [Element] = []
        var pending: [String] = []
        var blanks = 0
        var inFence = false

        func close() {
            elements += paragraphs(from: pending).map { .paragraph($0) }
            pending = []
        }
        for raw in lines {
            if raw.hasPrefix("```") || raw.hasPrefix("~~~") {
                inFence.toggle()
                continue
            }
            let line = inFence ? raw : Markup.withoutQuoteMarks(raw)
            if line.isEmpty {
                close()
                blanks += 1
                if blanks == 2, !elements.isEmpty { elements.append(.gap) }
                continue
            }
            blanks = 0
            if !pending.isEmpty, isUnderline(line) {
                // A line of = or - under a single line makes that line a heading.
                elements.append(.heading(Markup.plain(pending.joined(separator: " "))))
                pending = []
            } else if isRule(line) {
                close()
                elements.append(.rule)
            } else if let heading = Markup.heading(line) {
                close()
                elements.append(.heading(Markup.plain(heading)))
            } else if !Markup.isReference(line) {
                if Markup.isListItem(line) { close() }
                pending.append(line)
            }
        }
        close()
        return elements
    }

    private static func isUnderline(_ line: String) -> Bool { line.count >= 3 && line.allSatisfy { $0 == "=" } }

    /// Stars, dashes and the other ornaments authors put between scenes.
    static func isRule(_ line: String) -> Bool {
        let marks = line.filter { !$0.isWhitespace }
        guard let first = marks.first, marks.allSatisfy({ "-*_=~#•·+⁂§❧◆◇○●—–※☆★".contains($0) }) else { return false }
        return marks.count >= 3 || "*#⁂§❧◆◇※☆★".contains(first)
    }

    /// Lines that stand together, as one paragraph if they were wrapped, as several if each line is one.
    private static func paragraphs(from lines: [String]) -> [String] {
        guard !lines.isEmpty else { return [] }
        let unwrapped = lines.contains { $0.count > 100 }
        var paragraphs: [[String]] = []
        for line in lines {
            if let last = paragraphs.last?.last, !beginsParagraph(line, after: last, unwrapped: unwrapped) {
                paragraphs[paragraphs.count - 1].append(line)
            } else {
                paragraphs.append([line])
            }
        }
        return paragraphs.map { Markup.plain(joined($0)) }.filter { !$0.isEmpty }
    }

    private static func beginsParagraph(_ line: String, after last: String, unwrapped: Bool) -> Bool {
        if Markup.isListItem(line) { return true }
        guard let end = last.last, ".!?…。！？\"”」』’'—*_".contains(end) else { return false }
        if unwrapped || "。！？」』".contains(end) { return true }
        guard let first = line.first(where: { !$0.isWhitespace }) else { return false }
        return "\"“「『".contains(first) || line.hasPrefix("  ") || line.hasPrefix("\u{3000}")
    }

    /// Wrapped lines in one; Han text needs no blank where a line ended.
    private static func joined(_ lines: [String]) -> String {
        var whole = ""
        for line in lines {
            let part = Cleaning.trimmed(line)
            if let last = whole.last, let first = part.first, !(isWide(last) && isWide(first)) { whole += " " }
            whole += part
        }
        return whole
    }

    private static func isWide(_ character: Character) -> Bool {
        Language.isHan(character) || "，。！？；：、“”「」『』（）《》…—".contains(character)
    }
}
