// Ingest · pure · sees Contracts, Policies

/// The author's page: a title and blocks of prose, without markup.
struct Manuscript {
    /// One paragraph of prose.
    struct Block: Equatable {
        var text: String
        var opensScene: Bool
    }

    private(set) var title: String
    private(set) var blocks: [Block] = []

    init(lines: [String], fileName: String) {
        let (stated, body) = FrontMatter.split(lines)
        let elements = Page.elements(of: body)
        let reading = Headline.choose(stated: stated, elements: elements, fileName: fileName)
        title = reading.title
        blocks = Self.blocks(from: elements.dropFirst(reading.consumed))
    }

    private static func blocks(from elements: ArraySlice<Page.Element>) -> [Block] {
        let gaps = elements.count { $0 == .gap }
        let paragraphs = elements.count { if case .paragraph = $0 { true } else { false } }
        // An author who puts two blank lines everywhere means nothing by them.
        let gapMeansScene = gaps * 2 < paragraphs
        var blocks: [Block] = []
        var opensScene = true
        for element in elements {
            switch element {
            case .heading, .rule: opensScene = true
            case .gap: opensScene = opensScene || gapMeansScene
            case .paragraph(let text):
                guard text.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
                blocks.append(Block(text: text, opensScene: opensScene))
                opensScene = false
            }
        }
        return blocks
    }
}

/// The settings some editors keep above the text, between two lines of dashes.
enum FrontMatter {
    static func split(_ lines: [String]) -> (title: String?, body: ArraySlice<String>) {
        let first = lines.firstIndex { !$0.isEmpty } ?? lines.startIndex
        guard first < lines.endIndex, lines[first] == "---" else { return (nil, lines[...]) }
        let window = lines[(first + 1)...].prefix(60)
        guard let last = window.firstIndex(where: { $0 == "---" || $0 == "..." }) else { return (nil, lines[...]) }
        let inside = lines[(first + 1)..<last]
        guard inside.contains(where: isSetting), inside.allSatisfy({ isSetting($0) || isContinuation($0) }) else {
            return (nil, lines[...])
        }
        let stated = inside.first { $0.lowercased().hasPrefix("title:") }
        return (stated.map { value(of: $0) }, lines[(last + 1)...])
    }

    /// `key: value`, the key in one word.
    private static func isSetting(_ line: String) -> Bool {
        guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return false }
        return line[..<colon].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    }

    private static func isContinuation(_ line: String) -> Bool {
        line.isEmpty || line.hasPrefix(" ") || line.hasPrefix("-") || line.hasPrefix("#")
    }

    private static func value(of setting: String) -> String {
        let raw = Cleaning.trimmed(setting.drop { $0 != ":" }.dropFirst())
        let quotes: [Character] = ["\"", "'"]
        guard raw.count > 1, let first = raw.first, quotes.contains(first), raw.last == first else { return raw }
        return String(raw.dropFirst().dropLast())
    }
}

/// What the film is called.
enum Headline {
    private static let longest = 80

    /// The title, and how many elements at the head of the page it uses up.
    static func choose(stated: String?, elements: [Page.Element], fileName: String) -> (title: String, consumed: Int) {
        let start = elements.firstIndex { $0 != .gap && $0 != .rule } ?? 0
        var consumed = 0
        var title = stated.flatMap { $0.contains(where: \.isLetter) ? $0 : nil }
        if start < elements.count {
            switch elements[start] {
            case .heading(let text) where text.contains(where: \.isLetter):
                title = title ?? text
                consumed = start + 1
            case .paragraph(let text) where title == nil && isTitle(text, before: elements[(start + 1)...]):
                title = text
                consumed = start + 1
            default: break
            }
        }
        if consumed > 0, consumed < elements.count { consumed += byline(elements[consumed...]) }
        return (cut(title ?? name(of: fileName)), consumed)
    }

    /// A short line that stands alone, ends in no mark and has a story under it.
    private static func isTitle(_ text: String, before rest: ArraySlice<Page.Element>) -> Bool {
        guard text.count <= 60, Language.words(in: text) <= 12, let last = text.last,
            !".,;:!?…。，；：！？\"”’」』—".contains(last), let first = text.first, !"\"“‘「『—".contains(first),
            text.contains(where: \.isLetter)
        else { return false }
        return rest.contains {
            if case .paragraph(let text) = $0 { text.contains(where: \.isLetter) } else { false }
        }
    }

    /// "by Somebody" right under the title is no part of the story.
    private static func byline(_ rest: ArraySlice<Page.Element>) -> Int {
        guard let index = rest.firstIndex(where: { $0 != .gap }), case .paragraph(let text) = rest[index] else {
            return 0
        }
        let isByline =
            text.lowercased().hasPrefix("by ") && Language.words(in: text) <= 6 && text.last?.isPunctuation == false
        return isByline ? index - rest.startIndex + 1 : 0
    }

    private static func name(of fileName: String) -> String {
        var stem = Substring(fileName.split(separator: "/").last ?? "")
        if let dot = stem.lastIndex(of: "."), dot > stem.startIndex { stem = stem[..<dot] }
        let words = stem.split { "_- ".contains($0) }.joined(separator: " ")
        guard let first = words.first, words.contains(where: \.isLetter) else { return "Untitled" }
        return first.uppercased() + words.dropFirst()
    }

    private static func cut(_ title: String) -> String {
        guard title.count > longest else { return title }
        let head = title.prefix(longest - 1)
        let end = head.lastIndex(of: " ") ?? head.endIndex
        return head[..<end] + "…"
    }
}
