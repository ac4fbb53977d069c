// ArchitectureTests · tests · sees Contracts
import Contracts

/// What the documents say must be so.
enum Papers {
    /// Every upcoming feature of the manifest stops the build when it is misspelt.
    static func guardedFeatures(_ manifest: Manifest, guardText: String) -> [Violation] {
        Set(manifest.targets.flatMap(\.features)).sorted().filter { !guardText.contains("#if !hasFeature(\($0))") }
            .map {
                Violation(
                    rule: "features", path: "Contracts/FeatureGuard.swift", line: 1, complaint: "\($0) has no guard")
            }
    }

    /// One row for each failure: its code, and whether trying again may help.
    static func errors(page: String) -> [Violation] {
        compare(
            page, at: "docs/contracts/errors.md",
            with: ErrorCode.allCases.map { [$0.rawValue, $0.isRetryable ? "yes" : "no"] })
    }

    /// What the manifest's libraries come from is what the launcher installs.
    static func packages(_ manifest: Manifest, script: String) -> [Violation] {
        manifest.targets.flatMap(\.apt).filter { !script.contains($0) }.map {
            Violation(rule: "packages", path: "infra/scripts/needs.sh", line: 1, complaint: "\($0) is not installed")
        }
    }

    /// A command that a page shows is one the launcher knows.
    static func commands(page: String, at path: String, usage: String) -> [Violation] {
        lines(of: page).flatMap { number, line in
            line.components(after: "./ainer ").filter { !$0.isEmpty && !usage.contains("./ainer \($0)") }.map {
                Violation(rule: "pages", path: path, line: number, complaint: "./ainer \($0) is no command")
            }
        }
    }

    /// A link within the repository leads somewhere.
    static func links(page: String, at path: String, exists: (String) -> Bool) -> [Violation] {
        let folder = path.split(separator: "/").dropLast().map(String.init)
        return lines(of: page).flatMap { number, line in
            targets(in: line).filter { !exists(resolve($0, in: folder)) }.map {
                Violation(rule: "pages", path: path, line: number, complaint: "the link to \($0) leads nowhere")
            }
        }
    }

    // MARK: reading a page

    private static func compare(_ page: String, at path: String, with wanted: [[String]]) -> [Violation] {
        let rows = lines(of: page).map(\.text).filter { $0.hasPrefix("| `") }.map { line in
            line.split(separator: "|").prefix(2).map { cell in
                String(cell.filter { $0 != "`" }).split(separator: " ").joined(separator: " ")
            }
        }
        let missing = wanted.filter { !rows.contains($0) }.map { "no row says \($0.joined(separator: ", "))" }
        let extra = rows.filter { !wanted.contains($0) }.map { "the row of \($0.joined(separator: ", ")) is not true" }
        let twice = rows.count > Set(rows).count ? ["a row stands there twice"] : []
        return (missing + extra + twice).map { Violation(rule: "tables", path: path, line: 1, complaint: $0) }
    }

    private static func lines(of page: String) -> [(number: Int, text: String)] {
        page.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0 + 1, String($1)) }
    }

    /// The places in `[words](place)` that lie in this repository.
    private static func targets(in line: String) -> [String] {
        line.split(separator: "](").dropFirst().compactMap { $0.split(separator: ")").first.map(String.init) }
            .filter { !$0.contains("://") && !$0.hasPrefix("#") }
            .map { String($0.prefix { $0 != "#" }) }
    }

    private static func resolve(_ link: String, in folder: [String]) -> String {
        var parts = folder
        for part in link.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }
}

extension String {
    /// The words that follow each occurrence of `mark`: letters and hyphens only.
    fileprivate func components(after mark: String) -> [String] {
        let pieces = split(separator: mark, omittingEmptySubsequences: false).dropFirst()
        return pieces.map { String($0.prefix { $0.isLetter || $0 == "-" }) }
    }
}
