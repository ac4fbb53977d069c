// WorkerKitCore · not built yet
