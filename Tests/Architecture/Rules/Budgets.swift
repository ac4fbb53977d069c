// ArchitectureTests · tests · sees nothing

/// How much a file, a function and a parameter list may hold.
enum Budgets {
    static let fileLines = 400
    static let functionLines = 60
    static let parameters = 5

    static func files(_ files: [SourceFile], _ exceptions: Exceptions) -> [Violation] {
        files.filter { $0.lineCount > fileLines && !exceptions.allows("file", $0.path) }.map {
            $0.violation("budget", at: 1, "\($0.lineCount) lines; a file has at most \(fileLines)")
        }
    }

    static func functions(_ files: [SourceFile], _ exceptions: Exceptions) -> [Violation] {
        files.flatMap { file in
            file.functions
                .filter { $0.bodyLines > functionLines && !exceptions.allows("function", "\(file.path):\($0.name)") }
                .map {
                    file.violation(
                        "budget", at: $0.line, "\($0.name) has \($0.bodyLines) lines; at most \(functionLines)")
                }
        }
    }

    static func parameters(_ files: [SourceFile], _ exceptions: Exceptions) -> [Violation] {
        files.flatMap { file in
            file.functions
                .filter { $0.parameters > parameters && !$0.onlyAssigns }
                .filter { !exceptions.allows("parameters", "\(file.path):\($0.name)") }
                .map {
                    file.violation(
                        "budget", at: $0.line, "\($0.name) takes \($0.parameters) parameters; at most \(parameters)")
                }
        }
    }

    /// An exception has a reason, and goes when nobody needs it any more.
    static func needed(_ exceptions: Exceptions, _ files: [SourceFile]) -> [Violation] {
        exceptions.entries.compactMap { entry in
            let place = entry.place.split(separator: ":").map(String.init)
            let file = files.first { $0.path == place.first }
            let others = Exceptions(text: "")
            let isNeeded: Bool =
                switch entry.rule {
                case "file": file.map { !self.files([$0], others).isEmpty } ?? false
                case "function": file.map { !functions([$0], others).isEmpty } ?? false
                case "parameters": file.map { !parameters([$0], others).isEmpty } ?? false
                case "import": file?.imports.isEmpty == false
                default: false
                }
            if isNeeded && !entry.reason.isEmpty { return nil }
            let complaint = isNeeded ? "\(entry.place) has no reason" : "\(entry.place) needs no exception"
            return Violation(rule: "budget", path: Exceptions.path, line: 1, complaint: complaint)
        }
    }
}
