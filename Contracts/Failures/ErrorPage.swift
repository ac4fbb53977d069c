// Contracts · pure · sees nothing

extension ErrorCode {
    /// The page of failures, `docs/contracts/errors.md`, as the table says it.
    package static func page() -> String {
        let rows = table.map { "| " + $0.cells.joined(separator: " | ") + " |" }
        return ([opening, "| \(headings.joined(separator: " | ")) |", "|---|---|---|---|---|---|"] + rows)
            .joined(separator: "\n") + "\n\n" + closing
    }

    package static let headings = ["code", "retryable", "HTTP", "owner", "what happened", "what helps"]

    private static let opening = """
        # Failures

        Every code a user can meet, `DOMAIN-CATEGORY-NNN`. Beside the code a failure carries the sentence of what happened,
        the module that owns it, whether trying again may help, and the next step; `./ainer explain CODE` says the same.
        Drawn from `Contracts/Failures/ErrorTable.swift`; a test compares the two.

        """

    private static var closing: String {
        let old = legacyNames.sorted { $0.key < $1.key }.map { "- `\($0.key)` is read as `\($0.value.rawValue)`" }
        return """
            "The caller" is whoever met the failure, "the worker" the one that did the job. A warning has the status 200: it
            comes with a result.

            ## Older words

            \(old.joined(separator: "\n"))

            Any other word for a failure is read as `WORKER-EXEC-002`.

            """
    }
}

extension ErrorCode.Entry {
    /// The row as the page shows it.
    package var cells: [String] {
        ["`\(code.rawValue)`", isRetryable ? "yes" : "no", "\(httpStatus)", owner.name, meaning, nextStep]
    }
}
