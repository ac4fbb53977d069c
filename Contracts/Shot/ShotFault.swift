// Contracts · pure · sees nothing

/// Something wrong with a shot as it was written. Words nobody knows are not: they are drawn as the nearest known.
package struct ShotFault: Codable, Hashable, Sendable {
    package enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case missing
        case wrongType = "wrong_type"
        case notFinite = "not_finite"
        case outOfRange = "out_of_range"
        case tooMany = "too_many"
        /// A name that does not begin as names of its kind do.
        case badName = "bad_name"
        case badChoice = "bad_choice"
        /// Another major version, or none.
        case version
        /// Names somebody or something that is not in the shot.
        case dangling
        /// A field of another version: kept, not drawn.
        case unknownField = "unknown_field"
    }

    package enum Severity: String, CaseIterable, Codable, Hashable, Sendable {
        case info
        /// Drawn, but not as asked.
        case warn
        /// Not drawn.
        case error
    }

    /// Where: `$.cast[2].x`.
    package let path: String
    package let kind: Kind
    package let severity: Severity
    package let message: String

    package init(_ path: String, _ kind: Kind, _ message: String, severity: Severity = .error) {
        self.path = path
        self.kind = kind
        self.severity = severity
        self.message = message
    }
}

extension ShotDSL {
    /// All that is wrong with a shot, in one report: faults of form first, then names that lead nowhere, then fields of
    /// other versions. Without errors it decodes and can be drawn.
    package static func faults(in shot: JSONValue) -> [ShotFault] {
        var check = ShapeWalk()
        check.walk(shot, .object(ShotTable.shot), at: "$")
        var faults = check.faults
        if case .string(let text)? = shot["dsl"], let complaint = ShotVersion.complaint(about: text) {
            faults.append(ShotFault("$.dsl", .version, complaint))
        }
        return faults + ShotReferences(shot).faults() + check.strangers
    }

    /// The one failure that names every error of the shot; nil when it can be drawn.
    package static func refusal(of shot: JSONValue) -> FailureReport? {
        let errors = faults(in: shot).filter { $0.severity == .error }
        if errors.isEmpty { return nil }
        var name = "a shot"
        if case .string(let id)? = shot["shot_id"] { name = "shot \(id.prefix(80))" }
        let list = errors.map { "\($0.path) \($0.message)" }.joined(separator: "; ")
        return FailureReport(
            .planValidation, "\(name) has \(errors.count) fault\(errors.count == 1 ? "" : "s"): \(list)",
            owner: .planner,
            nextStep: "Put right what is listed; docs/contracts/shot.md describes every field.")
    }
}
