// Contracts · pure · sees nothing

/// How far a run is: the lowest stage that still has unfinished work.
package enum Stage: String, CaseIterable, Codable, Hashable, Sendable, Comparable {
    case ingest
    case entity
    case knowledge
    case plan
    case route
    case execute
    case audio
    case video
    case lipsync
    case compose
    case observe

    package var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    package static func < (left: Stage, right: Stage) -> Bool { left.order < right.order }
}

package enum RunStatus: String, CaseIterable, SettledWord, Hashable, Sendable {
    case queued
    case running
    case paused
    case degraded
    case succeeded
    case failed
    case canceled

    package var isFinal: Bool { self == .succeeded || self == .failed || self == .canceled }
}

package enum JobStatus: String, CaseIterable, SettledWord, Hashable, Sendable {
    case queued
    case enqueued
    case claimed
    case running
    case retrying
    case succeeded
    case failed
    case canceled

    package var isFinal: Bool { self == .succeeded || self == .failed || self == .canceled }
}
