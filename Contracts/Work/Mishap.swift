// Contracts · pure · sees nothing

/// A failure that a client ordered, to see how its own program takes it: `#fail video shot 2 oom`.
package struct Mishap: Codable, Hashable, Sendable {
    package enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case error
        case oom
        case timeout
        case malformed
        case lost
    }

    package var pool: Pool
    /// The shot or line it is about; nil: every job of the pool.
    package var unit: String?
    package var kind: Kind
    /// How many attempts of a job it meets; nil: all of them, so the run fails.
    package var times: Int?

    package enum CodingKeys: String, CodingKey {
        case pool = "worker_type"
        case unit = "unit_ref_id"
        case kind
        case times
    }

    package static let mark = "#fail"
    package static let grammar =
        "#fail POOL [shot N|line N] \(Kind.allCases.map(\.rawValue).joined(separator: "|")) [once|twice|N times]"

    /// True for a line of a story that orders one, well or not.
    package static func isOrder(_ line: some StringProtocol) -> Bool {
        let words = line.split(separator: " ", maxSplits: 1)
        return words.first.map { $0 == mark } ?? false
    }

    /// Nil for what is not said as it has to be.
    package init?(_ line: some StringProtocol) {
        var words = line.split(separator: " ").map { $0.lowercased() }[...]
        guard words.popFirst() == Self.mark, let pool = words.popFirst().flatMap(Pool.init(rawValue:)) else {
            return nil
        }
        self.pool = pool
        if let what = words.first, what == "shot" || what == "line" {
            guard words.count > 1, let number = Int(words[words.startIndex + 1]), (1...9999).contains(number) else {
                return nil
            }
            unit = what == "shot" ? ShotID(ordinal: number).rawValue : LineID(ordinal: number).rawValue
            words = words.dropFirst(2)
        }
        guard let kind = words.popFirst().flatMap(Kind.init(rawValue:)) else { return nil }
        self.kind = kind
        guard let times = Self.times(words) else { return nil }
        self.times = times > 0 ? times : nil
    }

    /// 0 for always.
    private static func times(_ words: ArraySlice<String>) -> Int? {
        switch Array(words) {
        case []: 0
        case ["once"]: 1
        case ["twice"]: 2
        case let rest where rest.count == 2 && rest[1] == "times":
            Int(rest[0]).flatMap { (1...99).contains($0) ? $0 : nil }
        default: nil
        }
    }

    package func meets(_ pool: Pool, _ unit: String?, attempt: Int) -> Bool {
        self.pool == pool && (self.unit == nil || self.unit == unit) && attempt <= times ?? .max
    }

    /// What the worker reports, as if it had happened.
    package var report: FailureReport {
        let code: ErrorCode =
            switch kind {
            case .error: .executionFailed
            case .oom: .deviceExhausted
            case .timeout: .workTimedOut
            case .malformed: .answerMalformed
            case .lost: .leaseLost
            }
        return FailureReport(
            code, "\(Self.mark): this failure was ordered by the story", owner: pool.module, retryable: true,
            nextStep: "take the line out of the story, or hand it in without the sandbox")
    }
}
