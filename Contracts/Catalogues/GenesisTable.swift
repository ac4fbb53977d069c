// Contracts · pure · sees nothing

/// The Genesis catalogue.
package enum GenesisTable {
    package static let entries: [EventEntry] = [
        row(.sessionStarted, "Stage_0", "session opened; Novel row exists"),
        row(.seedRequested, "Stage_0", "generation of a creative seed asked for"),
        row(.conceptProposed, "Stage_0", "high-concept proposal ready"),
        row(.conceptConfirmed, "Stage_0", "user confirmed a concept"),
        row(.stageCompleted, "any", "a stage is done"),
        row(.themeRequested, "Stage_1", "theme generation asked for"),
        row(.themeProposed, "Stage_1", "theme proposal ready"),
        row(.themeRevised, "Stage_1", "theme revised"),
        row(.themeConfirmed, "Stage_1", "theme confirmed"),
        row(.worldRequested, "Stage_2", "world building asked for"),
        row(.worldProposed, "Stage_2", "world setting proposed"),
        row(.worldUpdated, "Stage_2", "world changed"),
        row(.worldConfirmed, "Stage_2", "world confirmed"),
        row(.characterRequested, "Stage_3", "character design asked for"),
        row(.characterProposed, "Stage_3", "character proposal ready"),
        row(.characterUpdated, "Stage_3", "character changed"),
        row(.characterConfirmed, "Stage_3", "character confirmed"),
        row(.characterNetworkCreated, "Stage_3", "relationship network built"),
        row(.plotRequested, "Stage_4", "plot framework asked for"),
        row(.plotProposed, "Stage_4", "plot proposal ready"),
        row(.plotUpdated, "Stage_4", "plot changed"),
        row(.plotConfirmed, "Stage_4", "plot confirmed"),
        row(.detailsRequested, "Stage_5", "batch generation of details asked for"),
        row(.detailsGenerated, "Stage_5", "details ready"),
        row(.detailsConfirmed, "Stage_5", "details confirmed"),
        row(.sessionFinished, "end", "creation finished"),
        row(.sessionFailed, "end", "creation failed", isFailure: true),
        row(.branchCreated, "any", "version branch created"),
    ]

    private static func row(
        _ event: GenesisEvent, _ stage: String, _ meaning: String, isFailure: Bool = false
    ) -> EventEntry {
        EventEntry(
            type: .genesis(event), section: stage, meaning: meaning, producers: [.orchestrator],
            topic: .genesisSessionEvents, visibility: .user, persistence: .stored, schema: .draft,
            isFailure: isFailure)
    }
}
