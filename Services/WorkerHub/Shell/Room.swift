// WorkerHubShell · not built yet
