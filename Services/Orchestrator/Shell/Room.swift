// OrchestratorShell · not built yet
