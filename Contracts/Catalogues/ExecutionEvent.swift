// Contracts · pure · sees nothing

/// How the execution of a unit goes, by its exact name.
package enum ExecutionEvent: String, CaseIterable, Hashable, Sendable {
    case executionStarted = "execution_started"
    case executionCompleted = "execution_completed"
    case executionFailed = "execution_failed"
}
