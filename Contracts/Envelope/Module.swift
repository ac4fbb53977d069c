// Contracts · pure · sees nothing

/// Who may speak and who may own a failure: the plain module names.
package enum Module: String, CaseIterable, Codable, Hashable, Sendable {
    case gateway
    case orchestrator
    case entityCore = "entity-core"
    case assetKnowledge = "asset-knowledge"
    case planner
    case modelRouter = "model-router"
    case workerHub = "worker-hub"
    case workerVideo = "worker-video"
    case workerAudio = "worker-audio"
    case workerLLM = "worker-llm"
    case workerLipsync = "worker-lipsync"
    case composer
    case observer
    case persona
    case governance
    case evolution
}

extension Module {
    /// By its plain name, or with the prefix that names once had.
    package init?(spoken name: String) {
        let prefix = "ainern2d-"
        self.init(rawValue: name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name)
    }
}

/// Where tickets of a kind wait and which process takes them.
package enum Pool: String, CaseIterable, SettledWord, Hashable, Sendable {
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
