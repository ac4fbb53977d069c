// OrchestratorTests · not built yet
