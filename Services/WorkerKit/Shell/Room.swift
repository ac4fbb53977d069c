// WorkerKitShell · not built yet
