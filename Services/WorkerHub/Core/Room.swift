// WorkerHubCore · not built yet
