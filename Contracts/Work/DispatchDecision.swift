// Contracts · pure · sees nothing

/// Which model makes one thing of a run, and which ones stand in for it. From the model router only.
package struct DispatchDecision: Codable, Hashable, Sendable {
    package var taskID: TaskID
    package var jobID: JobID?
    /// `rt_…`.
    package var routeID: RouteID
    package var pool: Pool
    package var modelProfileID: String
    /// In the order they are tried; empty only when `noFallback` says that nobody else can.
    package var fallbackChain: [String]
    package var timeoutMS: Int
    package var noFallback: Bool?
    package var costEstimate: Double?
    package var gpuTier: String?
    package var degradePolicy: [String: JSONValue]?
    package var schemaVersion = "1.0"

    package enum CodingKeys: String, CodingKey {
        case taskID = "task_id"
        case jobID = "job_id"
        case routeID = "route_id"
        case pool = "worker_type"
        case modelProfileID = "model_profile_id"
        case fallbackChain = "fallback_chain"
        case timeoutMS = "timeout_ms"
        case noFallback = "no_fallback"
        case costEstimate = "cost_estimate"
        case gpuTier = "gpu_tier"
        case degradePolicy = "degrade_policy"
        case schemaVersion = "schema_version"
    }

    package init(
        taskID: TaskID, routeID: RouteID, pool: Pool, modelProfileID: String, fallbackChain: [String], timeoutMS: Int
    ) {
        self.taskID = taskID
        self.routeID = routeID
        self.pool = pool
        self.modelProfileID = modelProfileID
        self.fallbackChain = fallbackChain
        self.timeoutMS = timeoutMS
    }
}
