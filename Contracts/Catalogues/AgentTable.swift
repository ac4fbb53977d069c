// Contracts · pure · sees nothing

/// The catalogue of the assistants' live stream. A user sees the 35 types a front end handles.
package enum AgentTable {
    package static let entries = rows.map(\.entry)

    private static let rows = [
        Row(.status, "status", .internal, "what the assistant is doing, for its own bookkeeping"),
        Row(.start, "status", .internal, "the assistant begins to work on a message"),
        Row(.complete, "status", .user, "the assistant is done with the message"),
        Row(.error, "status", .user, "the assistant gave up on the message", isFailure: true),
        Row(.thought, "thinking", .user, "one whole thought"),
        Row(.thoughtDelta, "thinking", .user, "a piece of a thought as it is formed", .transient),
        Row(.workPlan, "work plan", .user, "the steps the assistant means to take"),
        Row(.stepStart, "work plan", .user, "a step of the work plan begins"),
        Row(.stepEnd, "work plan", .user, "a step of the work plan is over"),
        Row(.stepFinish, "work plan", .operator, "what a step cost in tokens and money, and why it ended"),
        Row(.act, "tool", .user, "a tool is called, with complete arguments"),
        Row(.observe, "tool", .user, "what the tool answered"),
        Row(.textStart, "text stream", .user, "an answer begins to be written", .transient),
        Row(.textDelta, "text stream", .user, "a piece of the answer", .transient),
        Row(.textEnd, "text stream", .user, "the answer is written; its full text is the one that counts", .transient),
        Row(.message, "message", .user, "a message of either side"),
        Row(.userMessage, "message", .user, "what the user wrote", alsoFrom: [.gateway]),
        Row(.assistantMessage, "message", .user, "what the assistant answered, whole"),
        Row(.permissionAsked, "permission", .operator, "a tool needs leave"),
        Row(.permissionReplied, "permission", .operator, "leave was given or refused"),
        Row(.doomLoopDetected, "doom loop", .operator, "the same call was about to be made again and again"),
        Row(.doomLoopIntervened, "doom loop", .operator, "somebody decided whether the loop goes on"),
        Row(.clarificationAsked, "human in the loop", .user, "the assistant needs something explained"),
        Row(.clarificationAnswered, "human in the loop", .user, "the explanation"),
        Row(.decisionAsked, "human in the loop", .user, "the assistant needs a choice"),
        Row(.decisionAnswered, "human in the loop", .user, "the choice"),
        Row(.envVarRequested, "environment variables", .user, "a tool needs values only the user has"),
        Row(.envVarProvided, "environment variables", .user, "the values are stored; only their names are told"),
        Row(.costUpdate, "cost, retry", .operator, "what the conversation has cost so far"),
        Row(.retry, "cost, retry", .operator, "a call to a model is tried again after a wait"),
        Row(.compactNeeded, "context", .internal, "the context is nearly full", .transient),
        Row(.contextCompressed, "context", .user, "older messages were summarised"),
        Row(.patternMatch, "pattern", .user, "a learned way of working fits"),
        Row(.skillMatched, "skills", .user, "a skill fits the request"),
        Row(.skillExecutionStart, "skills", .user, "a skill begins"),
        Row(.skillExecutionComplete, "skills", .user, "a skill is done"),
        Row(.skillFallback, "skills", .user, "a skill did not fit after all"),
        Row(.planModeEnter, "plan mode", .user, "planning begins"),
        Row(.planModeExit, "plan mode", .user, "planning is over"),
        Row(.planCreated, "plan mode", .user, "a plan exists"),
        Row(.planUpdated, "plan mode", .user, "the plan has another text"),
        Row(.planStatusChanged, "plan mode", .operator, "the plan is in another state"),
        Row(.planExecutionStart, "plan mode", .user, "the plan is being carried out"),
        Row(.planExecutionComplete, "plan mode", .user, "the plan is carried out"),
        Row(.planStepReady, "plan mode", .operator, "a step of the plan may begin"),
        Row(.planStepComplete, "plan mode", .operator, "a step of the plan is over"),
        Row(.planStepSkipped, "plan mode", .operator, "a step of the plan is left out"),
        Row(.planSnapshotCreated, "plan mode", .operator, "the plan can be put back to this point"),
        Row(.planRollback, "plan mode", .operator, "the plan was put back"),
        Row(.reflectionComplete, "plan mode", .user, "the assistant looked back at its plan"),
        Row(.adjustmentApplied, "plan mode", .operator, "the plan was adjusted"),
        Row(.titleGenerated, "title", .user, "the conversation has a title"),
        Row(.sandboxCreated, "sandbox", .operator, "a sandbox exists", .transient),
        Row(.sandboxTerminated, "sandbox", .operator, "a sandbox is gone", .transient),
        Row(.sandboxStatus, "sandbox", .operator, "how a sandbox is", .transient),
        Row(.desktopStarted, "sandbox", .operator, "a desktop can be watched", .transient),
        Row(.desktopStopped, "sandbox", .operator, "a desktop is closed", .transient),
        Row(.desktopStatus, "sandbox", .operator, "how a desktop is", .transient),
        Row(.terminalStarted, "sandbox", .operator, "a terminal can be used", .transient),
        Row(.terminalStopped, "sandbox", .operator, "a terminal is closed", .transient),
        Row(.terminalStatus, "sandbox", .operator, "how a terminal is", .transient),
    ]
}

private struct Row {
    let event: AgentEvent
    let section: String
    let visibility: Visibility
    let meaning: String
    let persistence: Persistence
    let isFailure: Bool
    let others: [Module]

    init(
        _ event: AgentEvent, _ section: String, _ visibility: Visibility, _ meaning: String,
        _ persistence: Persistence = .stored, isFailure: Bool = false, alsoFrom others: [Module] = []
    ) {
        self.event = event
        self.section = section
        self.visibility = visibility
        self.meaning = meaning
        self.persistence = persistence
        self.isFailure = isFailure
        self.others = others
    }

    var entry: EventEntry {
        EventEntry(
            type: .agent(event), section: section, meaning: meaning, producers: [.workerLLM] + others,
            topic: .agentEvents, visibility: visibility, persistence: persistence, schema: .draft,
            isFailure: isFailure)
    }
}
