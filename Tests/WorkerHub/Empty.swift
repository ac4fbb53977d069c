// WorkerHubTests · not built yet
