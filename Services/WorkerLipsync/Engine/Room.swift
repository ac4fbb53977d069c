// WorkerLipsyncEngine · not built yet
