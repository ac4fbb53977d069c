// Ingest · not built yet
