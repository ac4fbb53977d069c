// ArchitectureTests · tests · sees nothing

/// The exceptions of Tests/Architecture/budget.txt: `RULE PATH[:NAME] REASON`, one a line.
struct Exceptions: Sendable {
    struct Entry: Hashable, Sendable {
        let rule: String
        let place: String
        let reason: String
    }

    static let path = "Tests/Architecture/budget.txt"

    let entries: [Entry]

    init(text: String) {
        entries = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            return Entry(
                rule: words[0], place: words.count > 1 ? words[1] : "", reason: words.count > 2 ? words[2] : "")
        }
    }

    func allows(_ rule: String, _ place: String) -> Bool {
        entries.contains { $0.rule == rule && $0.place == place }
    }
}
