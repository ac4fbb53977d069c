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

    /// One row for each failure, true in every column.
    static func errors(page: String) -> [Violation] {
        compare(page, at: "docs/contracts/errors.md", with: ErrorCode.table.map { $0.cells.map(plain) })
    }

    /// A page that is drawn from a table is the drawing, to the letter. Asked to, it is drawn anew first.
    static func drawn(_ page: String, at path: String, as drawing: String) -> [Violation] {
        if Repository.drawsPages, page != drawing { Repository.write(drawing, to: path) }
        let lines = zip(self.lines(of: page), self.lines(of: drawing)).first { $0.text != $1.text }
        guard page != drawing else { return [] }
        return [
            Violation(
                rule: "drawn", path: path, line: lines?.0.number ?? 1,
                complaint: "the page is not what its table says; `AINER_DRAW_PAGES=1` draws it anew")
        ]
    }

    /// What looks like a failure's code is one, in code, in texts and on pages.
    static func codes(in text: String, at path: String) -> [Violation] {
        lines(of: text).flatMap { number, line in
            codes(in: line).filter { ErrorCode(rawValue: $0) == nil && ErrorCode.legacyNames[$0] == nil }.map {
                Violation(rule: "codes", path: path, line: number, complaint: "\($0) is not registered")
            }
        }
    }

    /// Only a catalogue spells the name of an event; a topic may be called the same.
    static func eventNames(in text: String, at path: String) -> [Violation] {
        if path.hasPrefix("Contracts/Catalogues/") || path == "Contracts/Topology/Topic.swift" { return [] }
        let names = EventType.all.map(\.name).filter { $0.contains(".") || $0.hasPrefix("execution_") }
        return lines(of: text).flatMap { number, line in
            names.filter { line.contains("\"\($0)\"") }.map {
                Violation(rule: "names", path: path, line: number, complaint: "\($0) is spelled in its catalogue only")
            }
        }
    }

    /// Three parts between hyphens, capitals and three digits: `DOMAIN-CATEGORY-NNN`.
    static func codes(in line: String) -> [String] {
        line.split { !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }.map(String.init)
            .filter { word in
                let parts = word.split(separator: "-", omittingEmptySubsequences: false)
                guard parts.count == 3, parts[2].count == 3, parts[2].allSatisfy(\.isNumber) else { return false }
                return [parts[0], parts[1]].allSatisfy { part in
                    !part.isEmpty && part.allSatisfy { $0.isUppercase || $0 == "_" }
                }
            }
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
            line.split(separator: "|").prefix(wanted.first?.count ?? 0).map { plain(String($0)) }
        }
        let missing = wanted.filter { !rows.contains($0) }.map { "no row says \($0.joined(separator: ", "))" }
        let extra = rows.filter { !wanted.contains($0) }.map { "the row of \($0.joined(separator: ", ")) is not true" }
        let twice = rows.count > Set(rows).count ? ["a row stands there twice"] : []
        return (missing + extra + twice).map { Violation(rule: "tables", path: path, line: 1, complaint: $0) }
    }

    private static func plain(_ cell: String) -> String {
        cell.filter { $0 != "`" }.split(separator: " ").joined(separator: " ")
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
