// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Testing
import Wire

@Suite("A failure")
struct FailureTests {
    private static let domains: Set<String> = [
        "AUTH", "REQ", "ORCH", "PLAN", "ROUTE", "WORKER", "COMPOSE", "ASSET", "RAG", "OBS", "SYS",
    ]

    @Test("has one row, and every row is of a failure")
    func rows() {
        #expect(Set(ErrorCode.written.map(\.code)) == Set(ErrorCode.allCases))
        #expect(ErrorCode.written.count == ErrorCode.allCases.count)
        #expect(ErrorCode.table.map(\.code) == ErrorCode.allCases)
    }

    @Test("is named by its domain, its category and a number of three digits", arguments: ErrorCode.allCases)
    func naming(code: ErrorCode) {
        let parts = code.rawValue.split(separator: "-", omittingEmptySubsequences: false)
        #expect(parts.count == 3)
        #expect(Self.domains.contains(String(parts[0])))
        #expect(!parts[1].isEmpty && parts[1].allSatisfy { ("A"..."Z").contains($0) || $0 == "_" })
        #expect(parts[2].count == 3 && parts[2].allSatisfy { ("0"..."9").contains($0) })
    }

    @Test("uses every domain, says what happened and what helps", arguments: ErrorCode.table)
    func words(entry: ErrorCode.Entry) {
        #expect(!entry.meaning.isEmpty && !entry.nextStep.isEmpty && !entry.nextStep.hasSuffix("."))
        #expect(!(entry.cells.joined().contains("|")))
        #expect(entry.httpStatus == 200 || (400...599).contains(entry.httpStatus))
        #expect(entry.httpStatus != 200 || !entry.isRetryable, "a warning needs no second try")
        #expect(Set(ErrorCode.allCases.map { $0.rawValue.prefix { $0 != "-" } }).count == Self.domains.count)
    }

    @Test("of the specification has the status and the hope of its recommended row")
    func recommended() {
        let wanted: [(String, Int, Bool)] = [
            ("AUTH-VALIDATION-001", 401, false), ("AUTH-FORBIDDEN-002", 403, false), ("AUTH-TOKEN-003", 401, false),
            ("REQ-VALIDATION-001", 422, false), ("REQ-NOT_FOUND-002", 404, false), ("REQ-IDEMPOTENCY-001", 409, false),
            ("ORCH-STATE-001", 409, false), ("ORCH-TIMEOUT-002", 504, true), ("ORCH-DEPENDENCY-003", 409, true),
            ("ORCH-CANCELED-004", 409, false), ("PLAN-GENERATE-001", 500, true), ("ROUTE-NO_TARGET-001", 503, true),
            ("ROUTE-POLICY-002", 403, false), ("WORKER-CLAIM-001", 503, true), ("WORKER-EXEC-002", 500, true),
            ("WORKER-TIMEOUT-003", 504, true), ("WORKER-HEARTBEAT-004", 503, true),
            ("WORKER-MALFORMED-005", 502, true), ("WORKER-GPU-006", 503, true), ("COMPOSE-FFMPEG-001", 500, true),
            ("COMPOSE-TIMELINE-002", 422, false), ("COMPOSE-INPUT-003", 409, true), ("ASSET-UPLOAD-001", 502, true),
            ("ASSET-META-001", 500, false), ("RAG-EMBEDDING-001", 502, true), ("OBS-TRACE-001", 500, true),
            ("SYS-DEPENDENCY-001", 503, true), ("SYS-RESOURCE-002", 503, true),
        ]
        #expect(wanted.count == 28)
        for (word, status, isRetryable) in wanted {
            let entry = ErrorCode(rawValue: word)?.entry
            #expect(entry?.httpStatus == status && entry?.isRetryable == isRetryable, "\(word)")
        }
    }

    @Test("in somebody else's words is read as one of ours")
    func legacy() throws {
        #expect(ErrorCode.allCases.allSatisfy { ErrorCode.of(legacy: $0.rawValue) == $0 })
        #expect(ErrorCode.legacyNames.keys.allSatisfy { ErrorCode(rawValue: $0) == nil })
        #expect(ErrorCode.of(legacy: "I2V_EXECUTION_ERROR") == .executionFailed)
        #expect(ErrorCode.of(legacy: "ValueError") == .executionFailed)
        #expect(ErrorCode.of(legacy: "INVALID_PARAMS") == .requestValidation)
        #expect(ErrorCode.of(legacy: "TRACK-DEPENDENCY-001") == .dependencyMissing)
        #expect(ErrorCode.of(legacy: "COMPOSE-FFMPEG-001: no such filter") == .composeFailed)
        #expect(try JSON.decode([ErrorCode].self, from: "[\"WORKER-LEASE-004\"]") == [.leaseLost])
        #expect(try JSON.text([ErrorCode.leaseLost]) == "[\"WORKER-HEARTBEAT-004\"]")
    }

    @Test("over HTTP is found by its status, and no success is a failure")
    func statuses() {
        #expect((100..<400).allSatisfy { ErrorCode.of(httpStatus: $0) == nil })
        #expect(
            [400, 401, 403, 404, 409, 422, 429, 504, 500].map { ErrorCode.of(httpStatus: $0) } == [
                .requestValidation, .signInRefused, .forbidden, .notFound, .idempotencyConflict, .requestValidation,
                .resourceExhausted, .orchestrationTimeout, .dependencyDown,
            ])
    }

    @Test("that comes again and again blocks recovery, though transport may try once more")
    func troubles() {
        #expect(ErrorCode.dependencyDown.isRetryable)
        let trouble = Trouble.of(ErrorCode.dependencyDown.rawValue)
        #expect(trouble.severity == .critical && !trouble.mayRepeat)
        #expect(Trouble.of("WORKER-GPU-006").kind == .resourceExhaustion)
        #expect(Trouble.of("RATE-LIMIT").kind == .rateLimit)
        #expect(Trouble.of("").kind == .unknown && Trouble.of("").severity == .medium)
        #expect(Set(Trouble.table.map(\.prefix)).count == 13)
    }
}
