// WorkerAudioEngine · not built yet
