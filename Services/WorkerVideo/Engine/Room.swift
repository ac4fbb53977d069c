// WorkerVideoEngine · not built yet
