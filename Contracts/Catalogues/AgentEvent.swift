// Contracts · pure · sees nothing

/// What an assistant's live stream can say, by its exact name: all 61 types.
package enum AgentEvent: String, CaseIterable, Hashable, Sendable {
    case status
    case start
    case complete
    case error

    case thought
    case thoughtDelta = "thought_delta"

    case workPlan = "work_plan"
    case stepStart = "step_start"
    case stepEnd = "step_end"
    case stepFinish = "step_finish"

    case act
    case observe

    case textStart = "text_start"
    case textDelta = "text_delta"
    case textEnd = "text_end"

    case message
    case userMessage = "user_message"
    case assistantMessage = "assistant_message"

    case permissionAsked = "permission_asked"
    case permissionReplied = "permission_replied"

    case doomLoopDetected = "doom_loop_detected"
    case doomLoopIntervened = "doom_loop_intervened"

    case clarificationAsked = "clarification_asked"
    case clarificationAnswered = "clarification_answered"
    case decisionAsked = "decision_asked"
    case decisionAnswered = "decision_answered"

    case envVarRequested = "env_var_requested"
    case envVarProvided = "env_var_provided"

    case costUpdate = "cost_update"
    case retry

    case compactNeeded = "compact_needed"
    case contextCompressed = "context_compressed"

    case patternMatch = "pattern_match"

    case skillMatched = "skill_matched"
    case skillExecutionStart = "skill_execution_start"
    case skillExecutionComplete = "skill_execution_complete"
    case skillFallback = "skill_fallback"

    case planModeEnter = "plan_mode_enter"
    case planModeExit = "plan_mode_exit"
    case planCreated = "plan_created"
    case planUpdated = "plan_updated"
    case planStatusChanged = "plan_status_changed"
    case planExecutionStart = "plan_execution_start"
    case planExecutionComplete = "plan_execution_complete"
    case planStepReady = "plan_step_ready"
    case planStepComplete = "plan_step_complete"
    case planStepSkipped = "plan_step_skipped"
    case planSnapshotCreated = "plan_snapshot_created"
    case planRollback = "plan_rollback"
    case reflectionComplete = "reflection_complete"
    case adjustmentApplied = "adjustment_applied"

    case titleGenerated = "title_generated"

    case sandboxCreated = "sandbox_created"
    case sandboxTerminated = "sandbox_terminated"
    case sandboxStatus = "sandbox_status"
    case desktopStarted = "desktop_started"
    case desktopStopped = "desktop_stopped"
    case desktopStatus = "desktop_status"
    case terminalStarted = "terminal_started"
    case terminalStopped = "terminal_stopped"
    case terminalStatus = "terminal_status"
}
