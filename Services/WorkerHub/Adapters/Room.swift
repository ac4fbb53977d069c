// WorkerHubAdapters · not built yet
