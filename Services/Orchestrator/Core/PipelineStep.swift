// OrchestratorCore · pure · sees Contracts, Policies
package import Contracts

/// How many jobs a step becomes.
package enum Fan: String, Codable, Hashable, Sendable {
    case film
    case line
    /// Lines spoken by a mouth in the picture.
    case seenLine = "seen_line"
    case shot
}

/// One kind of work and what must be over before it.
package struct PipelineStep: Codable, Hashable, Sendable {
    package let jobType: JobType
    /// Its number among the 22 skills; `nil` for work that is not a skill.
    package let skill: Int?
    package let stage: Stage
    package let pool: Pool
    package let fan: Fan
    package var after: [JobType]
    package let timeoutMS: Int

    package enum CodingKeys: String, CodingKey {
        case jobType = "job_type"
        case skill
        case stage
        case pool
        case fan
        case after
        case timeoutMS = "timeout_ms"
    }
}
