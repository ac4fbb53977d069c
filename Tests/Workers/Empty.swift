// WorkerTests · not built yet
