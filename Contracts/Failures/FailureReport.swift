// Contracts · pure · sees nothing

/// A failure as it travels: the code, the place, the cause and the next step.
package struct FailureReport: Error, Codable, Hashable, Sendable {
    package var errorCode: ErrorCode
    package var message: String
    package var retryable: Bool
    package var ownerModule: Module
    /// What the reader can do about it; empty when nothing is known to help.
    package var nextStep: String

    package enum CodingKeys: String, CodingKey {
        case errorCode = "error_code"
        case message
        case retryable
        case ownerModule = "owner_module"
        case nextStep = "next_step"
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
