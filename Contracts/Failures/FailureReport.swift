// Contracts · pure · sees nothing

/// A failure as it travels: the code, the place, the cause and the next step.
package struct FailureReport: Error, Codable, Hashable, Sendable {
    package var errorCode: ErrorCode
    package var message: String
    package var retryable: Bool
    package var ownerModule: Module
    /// What the reader can do about it; empty when nothing is known to help.
    package var nextStep: String
    package var traceID: TraceID?
    package var correlationID: CorrelationID?
    /// Facts for programs.
    package var details: [String: JSONValue]?

    package enum CodingKeys: String, CodingKey {
        case errorCode = "error_code"
        case message
        case retryable
        case ownerModule = "owner_module"
        case nextStep = "next_step"
        case traceID = "trace_id"
        case correlationID = "correlation_id"
        case details
    }

    package init(
        _ errorCode: ErrorCode, _ message: String, owner: Module, retryable: Bool? = nil, nextStep: String = ""
    ) {
        self.errorCode = errorCode
        self.message = message
        self.retryable = retryable ?? errorCode.isRetryable
        self.ownerModule = owner
        self.nextStep = nextStep
    }
}

/// In a payload a failure stands twice: whole, under `error`, and flat beside its neighbours.
extension FailureReport {
    private enum FlatKeys: String, CodingKey {
        case errorCode = "error_code"
        case message = "error_message"
        case retryable
        case error
    }

    package func encodeFlat(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: FlatKeys.self)
        try container.encode(errorCode, forKey: .errorCode)
        try container.encode(message, forKey: .message)
        try container.encode(retryable, forKey: .retryable)
        try container.encode(self, forKey: .error)
    }

    /// The whole form when it is there, the flat one otherwise: older senders know only that.
    package init(flatIn decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: FlatKeys.self)
        if let whole = try container.decodeIfPresent(FailureReport.self, forKey: .error) {
            self = whole
            return
        }
        self.init(
            try container.decodeIfPresent(ErrorCode.self, forKey: .errorCode) ?? .executionFailed,
            try container.decodeIfPresent(String.self, forKey: .message) ?? "no reason was given",
            owner: .workerHub, retryable: try container.decodeIfPresent(Bool.self, forKey: .retryable))
    }
}
