// OrchestratorAdapters · not built yet
