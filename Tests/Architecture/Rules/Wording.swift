// ArchitectureTests · tests · sees nothing

/// Words that are not said in this house, and words that are said only with a reason.
enum Wording {
    /// Nothing that ends the process because of what came from outside.
    static func noTraps(_ files: [SourceFile]) -> [Violation] {
        files.flatMap { file in
            file.places(of: ["fatalError"]).map { file.violation("traps", at: $0.line, "fatalError ends the process") }
                + forced(file).map { file.violation("traps", at: $0, "a ! here ends the process on bad input") }
        }
    }

    /// A `!` that touches the value before it; `!x` touches what comes after.
    private static func forced(_ file: SourceFile) -> [Int] {
        zip(file.tokens, file.tokens.dropFirst())
            .filter { $1.text == "!" && $1.isGlued && ($0.isWord || [")", "]", "\"\""].contains($0.text)) }
            .map { $1.line }
    }

    /// Unfinished work is an issue, not a comment.
    static func noPromises(_ files: [SourceFile]) -> [Violation] {
        files.flatMap { file in
            file.comments.filter { ["TODO", "FIXME", "XXX"].contains(where: $0.value.contains) }.map {
                file.violation("promises", at: $0.key, "unfinished work is an issue, not a comment")
            }
        }
    }

    /// An error is handled, or a comment on the line says why losing it is right.
    static func noLostErrors(_ files: [SourceFile]) -> [Violation] {
        files.flatMap { file in
            let lost = file.places(of: ["try", "?"]).filter { file.comments[$0.line] == nil }
            let empty = file.places(of: ["catch", "{", "}"])
            return lost.map { file.violation("errors", at: $0.line, "try? without the reason on its line") }
                + empty.map { file.violation("errors", at: $0.line, "an empty catch") }
        }
    }

    /// A promise to the compiler carries its proof just above, or on the line.
    static func provenPromises(_ files: [SourceFile]) -> [Violation] {
        let promises = [["@unchecked", "Sendable"], ["nonisolated", "(", "unsafe", ")"]]
        return files.flatMap { file in
            promises.flatMap(file.places).filter { token in
                !(0...2).contains { file.comments[token.line - $0] != nil }
            }.map { file.violation("proofs", at: $0.line, "no comment says why this is true") }
        }
    }

    /// One package: `public` would be a promise to nobody.
    static func nothingPublic(_ files: [SourceFile]) -> [Violation] {
        files.flatMap { file in
            (file.places(of: ["public"]) + file.places(of: ["open", "class"])).map {
                file.violation("access", at: $0.line, "say package, not \($0.text)")
            }
        }
    }

    /// A type is a noun of the trade.
    static func honestNames(_ files: [SourceFile]) -> [Violation] {
        let vague = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Impl", "Common", "Misc"]
        return files.flatMap { file in
            file.tokens.indices.compactMap { index in
                guard ["struct", "class", "enum", "actor", "protocol"].contains(file.tokens[index].text),
                    index + 1 < file.tokens.count, vague.contains(where: file.tokens[index + 1].text.hasSuffix)
                else { return nil }
                return file.violation(
                    "names", at: file.tokens[index].line, "\(file.tokens[index + 1].text) says nothing of the trade")
            }
        }
    }

    /// A test waits for what happens, not for time to pass; where time is the subject, the line says so.
    static func noSleepingTests(_ files: [SourceFile]) -> [Violation] {
        let naps = [["Task", ".", "sleep"], ["Thread", ".", "sleep"], ["usleep"], ["nanosleep"]]
        return files.filter(\.isTest).flatMap { file in
            naps.flatMap(file.places).filter { file.comments[$0.line] == nil }
                .map { file.violation("sleep", at: $0.line, "a test never sleeps") }
        }
    }
}
