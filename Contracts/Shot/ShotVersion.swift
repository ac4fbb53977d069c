// Contracts · pure · sees nothing

/// The versions of the shot's contract: `ainer.shot/<major>.<minor>`, and plain `/1` is `/1.0`. A minor version adds words
/// and fields that may be left out; a major one changes what something means.
package enum ShotVersion {
    private static let name = "ainer.shot/"
    package static let major = 1

    /// One step from a major version to the next: pure, and total.
    package typealias Upgrade = @Sendable (JSONValue) -> JSONValue

    /// By the major version they start from. The first change of meaning brings the first.
    package static let upgrades: [Int: Upgrade] = [:]

    package static func read(_ text: String) -> (major: Int, minor: Int)? {
        guard text.hasPrefix(name) else { return nil }
        let parts = text.dropFirst(name.count).split(separator: ".", omittingEmptySubsequences: false)
        let isNumbered = parts.allSatisfy { part in
            (1...4).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard isNumbered, (1...2).contains(parts.count), let major = Int(parts[0]) else { return nil }
        return (major, parts.count == 2 ? Int(parts[1]) ?? 0 : 0)
    }

    /// Why a shot of this version cannot be read here; nil when it can.
    package static func refusal(of text: String) -> FailureReport? {
        complaint(about: text).map { complaint in
            FailureReport(
                .planValidation, complaint, owner: .planner, nextStep: "Write the shot in \(ShotDSL.version) again.")
        }
    }

    static func complaint(about text: String) -> String? {
        guard let found = read(text) else {
            return "\"\(text.prefix(40))\" is no version of a shot: this house reads \(ShotDSL.version)"
        }
        if found.major == major { return nil }
        return "the shot says \(text.prefix(40)), this house reads \(ShotDSL.version)"
    }

    /// The shot in today's major version, step by step.
    package static func upgraded(
        _ shot: JSONValue, by steps: [Int: Upgrade] = upgrades, to goal: Int = major
    ) -> JSONValue {
        guard case .string(let text) = shot["dsl"], let found = read(text), found.major < goal else { return shot }
        var made = shot
        for step in found.major..<goal {
            guard let upgrade = steps[step] else { return made }
            made = upgrade(made)
            guard case .object(var members) = made else { return made }
            members["dsl"] = .string("\(name)\(step + 1)")
            made = .object(members)
        }
        return made
    }
}
