// AinerCLICore · pure · sees Contracts, Policies
package import Contracts

/// A run as the API answers it, as far as a terminal shows it.
package struct RunSheet: Decodable, Equatable, Sendable {
    package let runID: RunID
    package let status: RunStatus
    package let stage: String
    package let progress: Double
    package let chapter: String
    package let quality: String
    package let seed: UInt64
    package let tags: [String]
    package let outcome: String?
    package let absentSkills: [String]
    package let createdAt: String
    package let updatedAt: String
    package let latestError: FailureReport?

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case status
        case stage
        case progress
        case chapter = "chapter_id"
        case quality = "requested_quality"
        case seed
        case tags
        case outcome
        case absentSkills = "absent_skills"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case latestError = "latest_error"
    }

    /// What the program says to a script when it has waited for the run.
    package var exit: Int32 { status == .succeeded ? ExitCode.done : ExitCode.failed }

    package func lines() -> [String] {
        var lines = [
            "\(runID)  \(status.rawValue)" + (outcome.map { "  \($0)" } ?? ""),
            "  story     \(Self.plain(chapter)) · \(quality) quality · seed \(seed)",
            "  progress  \(Int(progress)) %, at \(stage)",
            "  created   \(createdAt)",
            "  changed   \(updatedAt)",
        ]
        if !tags.isEmpty { lines.append("  tags      \(tags.map(Self.plain).joined(separator: ", "))") }
        if let latestError {
            lines.append("  error     \(latestError.errorCode.rawValue)  \(latestError.message)")
            if !latestError.nextStep.isEmpty { lines.append("  next      \(latestError.nextStep)") }
        }
        return lines
    }

    /// One line a run, newest first.
    package static func table(_ runs: [RunSheet]) -> [String] {
        guard !runs.isEmpty else { return ["no runs yet: ainer submit FILE"] }
        return runs.map { run in
            let percent = "\(Int(run.progress)) %".leftPadded(to: 5)
            let when = String(run.createdAt.prefix(19))
            return "\(run.runID)  \(run.status.rawValue.padded(to: 9)) \(percent)  \(when)  \(plain(run.chapter))"
        }
    }

    /// What a stranger named cannot move the cursor of our terminal.
    package static func plain(_ text: String) -> String {
        String(text.map { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "?" : $0 })
    }
}
