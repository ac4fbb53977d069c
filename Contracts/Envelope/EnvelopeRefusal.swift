// Contracts · pure · sees nothing

/// Why an envelope is not let in: the reason by name, the place as a JSON path, and the words for a person.
package struct EnvelopeRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: String, CaseIterable, Hashable, Sendable {
        case notJSON = "not_json"
        case invalidUTF8 = "invalid_utf8"
        case nestedTooDeep = "nested_too_deep"
        case duplicateField = "duplicate_field"
        case missingField = "missing_field"
        case malformedField = "malformed_field"
        case unknownCatalogue = "unknown_catalog"
        case badName = "naming_rule"
        case unregisteredType = "unregistered_type"
        case removedType = "removed_type"
        case foreignProducer = "foreign_producer"
        case unexplainedFailure = "failure_without_error"
        case missingAggregate = "missing_aggregate"
        case missingConversation = "missing_conversation"
        case missingHost = "missing_host"
        case payloadTooLarge = "payload_too_large"
        case payloadMismatch = "payload_mismatch"
    }

    package let reason: Reason
    /// `$.payload.artifacts[2].uri`.
    package let path: String
    package let detail: String

    package init(_ reason: Reason, at path: String, _ detail: String) {
        self.reason = reason
        self.path = path
        self.detail = detail
    }

    package var description: String { "\(reason.rawValue) at \(path): \(detail)" }

    package var report: FailureReport {
        FailureReport(
            .requestValidation, description, owner: .gateway,
            nextStep: "mend \(path); `ainer contracts show` tells what belongs there")
    }
}
