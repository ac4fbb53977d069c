// ArchitectureTests · tests · sees nothing

/// A Swift file of the house, read once.
struct SourceFile: Sendable {
    /// From the root of the repository: `Contracts/Time/Timestamp.swift`.
    let path: String
    let lineCount: Int
    let firstLine: String
    let tokens: [Token]
    let comments: [Int: String]

    init(path: String, text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let read = SwiftReader.read(text)
        self.path = path
        self.lineCount = text.hasSuffix("\n") ? lines.count - 1 : lines.count
        self.firstLine = lines.first.map(String.init) ?? ""
        self.tokens = read.tokens
        self.comments = read.comments
    }

    var isTest: Bool { path.hasPrefix("Tests/") }

    /// What the file imports, with the line it says so.
    var imports: [(module: String, line: Int)] {
        tokens.indices.compactMap { index in
            guard tokens[index].text == "import", index + 1 < tokens.count else { return nil }
            return (tokens[index + 1].text, tokens[index].line)
        }
    }

    /// Every place where these tokens follow each other.
    func places(of words: [String]) -> [Token] {
        guard let first = words.first else { return [] }
        return tokens.indices.compactMap { index in
            guard tokens[index].text == first, index + words.count <= tokens.count else { return nil }
            let isThere = zip(words, tokens[index...]).allSatisfy { $0 == $1.text }
            return isThere ? tokens[index] : nil
        }
    }

    func violation(_ rule: String, at line: Int, _ complaint: String) -> Violation {
        Violation(rule: rule, path: path, line: line, complaint: complaint)
    }
}

/// A rule that was not kept, told so that an editor can jump there.
struct Violation: Hashable, CustomStringConvertible {
    let rule: String
    let path: String
    let line: Int
    let complaint: String

    var description: String { "\(path):\(line): \(complaint) [\(rule)]" }
}
