// Contracts · pure · sees nothing

/// Who may speak and who may own a failure: the plain module names.
package enum Module: String, CaseIterable, Codable, Hashable, Sendable {
    case gateway
    case orchestrator
    case entityCore = "entity-core"
    case planner
    case workerHub = "worker-hub"
    case workerVideo = "worker-video"
    case workerAudio = "worker-audio"
    case workerLLM = "worker-llm"
    case workerLipsync = "worker-lipsync"
    case composer
    case observer
}

/// Where tickets of a kind wait and which process takes them.
package enum Pool: String, CaseIterable, Codable, Hashable, Sendable {
    case video
    case audio
    case llm
    case lipsync
    case compose

    /// The module that answers for the work of this pool.
    package var module: Module {
        switch self {
        case .video: .workerVideo
        case .audio: .workerAudio
        case .llm: .workerLLM
        case .lipsync: .workerLipsync
        case .compose: .composer
        }
    }
}
