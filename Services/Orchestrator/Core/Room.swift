// OrchestratorCore · not built yet
