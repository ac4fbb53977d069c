// WorkerLLMEngine · not built yet
