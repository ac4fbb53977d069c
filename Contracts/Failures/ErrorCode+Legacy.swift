// Contracts · pure · sees nothing

extension ErrorCode {
    /// Words for failures that others use, or that we used: strings that break the naming rule, and codes that moved.
    package static let legacyNames: [String: ErrorCode] = [
        "ARTIFACT-META-001": .artifactMeta,
        "TRACK-DEPENDENCY-001": .dependencyMissing,
        "WORKER-GPU-001": .deviceExhausted,
        "WORKER-LEASE-004": .leaseLost,
        "INVALID_PARAMS": .requestValidation,
        "I2V_EXECUTION_ERROR": .executionFailed,
        "V2V_EXECUTION_ERROR": .executionFailed,
        "TTS_EXECUTION_ERROR": .executionFailed,
        "BGM_EXECUTION_ERROR": .executionFailed,
        "SFX_EXECUTION_ERROR": .executionFailed,
        "LIPSYNC_EXECUTION_ERROR": .executionFailed,
        "OPENAI_EXECUTION_ERROR": .executionFailed,
        "GENERIC_ADAPTER_ERROR": .executionFailed,
    ]

    /// The code for a failure's word as others write it: a code, a code and a text (`CODE: text`), an old name. What
    /// nobody knows, such as the name of an exception, is work that failed; keep the word itself in `details.reason`.
    package static func of(legacy word: String) -> ErrorCode {
        let code = String(word.prefix { $0 != ":" && $0 != " " })
        return ErrorCode(rawValue: code) ?? legacyNames[code] ?? .executionFailed
    }

    /// The code of an HTTP answer that gives only its status; `nil` when the status is no failure.
    package static func of(httpStatus status: Int) -> ErrorCode? {
        guard status >= 400 else { return nil }
        return statuses[status] ?? .dependencyDown
    }

    private static let statuses: [Int: ErrorCode] = [
        400: .requestValidation, 401: .signInRefused, 403: .forbidden, 404: .notFound, 409: .idempotencyConflict,
        422: .requestValidation, 429: .resourceExhausted, 504: .orchestrationTimeout,
    ]
}
