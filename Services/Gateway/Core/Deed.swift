// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// A write that a client may repeat: the same key and the same request are the same deed.
package struct Deed: Hashable, Sendable {
    /// A key is good within its tenant.
    package struct Name: Hashable, Sendable {
        package let tenant: TenantID
        package let key: IdempotencyKey

        package init(tenant: TenantID, key: IdempotencyKey) {
            self.tenant = tenant
            self.key = key
        }
    }

    package let name: Name
    package var tenant: TenantID { name.tenant }
    package var key: IdempotencyKey { name.key }
    /// The route's name.
    package let operation: String
    /// Of everything the request asks for.
    package let digest: String

    package init(tenant: TenantID, key: IdempotencyKey, operation: String, digest: String) {
        name = Name(tenant: tenant, key: key)
        self.operation = operation
        self.digest = digest
    }

    /// What is to be done, given what was done under this key before.
    package func judge(by known: DoneDeed?) -> Verdict {
        guard let known else { return .new }
        guard known.operation == operation, known.digest == digest else {
            var failure = FailureReport(
                .idempotencyConflict, "the idempotency key was used for another request", owner: .gateway,
                nextStep: "send a new key with a new request")
            failure.details = ["used_at": .string(known.doneAt.text)]
            return .refused(failure)
        }
        return .again(known.outcome)
    }

    package enum Verdict: Equatable, Sendable {
        case new
        /// The same request again: what came of it the first time, as JSON.
        case again(String)
        case refused(FailureReport)
    }
}

/// A deed that was done.
package struct DoneDeed: Equatable, Sendable {
    package let operation: String
    package let digest: String
    package let outcome: String
    package let doneAt: Timestamp

    package init(operation: String, digest: String, outcome: String, doneAt: Timestamp) {
        self.operation = operation
        self.digest = digest
        self.outcome = outcome
        self.doneAt = doneAt
    }
}

/// What came of a write, now or when it was asked for first.
package struct Once<Value: Codable & Sendable>: Sendable {
    package let value: Value
    package let isAgain: Bool

    package init(_ value: Value, isAgain: Bool) {
        self.value = value
        self.isAgain = isAgain
    }
}
