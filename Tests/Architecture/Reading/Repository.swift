// ArchitectureTests · tests · sees nothing
import Foundation

/// The repository's own text.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    static let sources: [SourceFile] = ["Contracts", "Shared", "Services", "Tests"]
        .flatMap { files(under: $0, ending: ".swift") }
        .map { SourceFile(path: $0, text: text($0)) }

    static let manifestText = SourceFile(path: "Package.swift", text: text("Package.swift"))

    /// Everything people read: the top page and `docs`.
    static let pages: [String] =
        ["README.md"].filter { FileManager.default.fileExists(atPath: "\(root)/\($0)") }
        + files(under: "docs", ending: ".md")

    /// Empty for a file that is not there: the rule that wanted it then says what is missing.
    static func text(_ path: String) -> String {
        (try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)) ?? ""  // see above
    }

    /// True when somebody wants the drawn pages drawn anew.
    static let drawsPages = ProcessInfo.processInfo.environment["AINER_DRAW_PAGES"] == "1"

    /// A page that cannot be written stays as it was, and its rule says so.
    static func write(_ text: String, to path: String) {
        try? Data(text.utf8).write(to: URL(filePath: "\(root)/\(path)"))  // see above
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(root)/\(path)") }

    private static func files(under folder: String, ending: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.sorted().map { "\(folder)/\($0)" }
    }
}
