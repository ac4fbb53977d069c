// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// A request that was stored before.
package struct StoredRequest: Equatable, Sendable {
    package let spec: TaskSpec
    package let runID: RunID

    package init(spec: TaskSpec, runID: RunID) {
        self.spec = spec
        self.runID = runID
    }
}

/// Decides whether a request begins something or repeats something.
package enum Admission: Equatable, Sendable {
    case accept
    /// The same request again: the same run.
    case replay(RunID)
    case refuse(FailureReport)

    package static func decide(_ spec: TaskSpec, known: StoredRequest?) -> Admission {
        guard let known else { return .accept }
        guard asksTheSame(spec, known.spec) else {
            let failure = FailureReport(
                .idempotencyConflict, "the idempotency key was used for another request", owner: .gateway,
                nextStep: "send a new key with a new request")
            return .refuse(failure)
        }
        return .replay(known.runID)
    }

    /// Names and times differ between two tellings of one request; what is asked for does not.
    private static func asksTheSame(_ one: TaskSpec, _ other: TaskSpec) -> Bool {
        one.input.checksum == other.input.checksum && one.requestedQuality == other.requestedQuality
            && one.seed == other.seed && one.chapterID == other.chapterID
    }
}
