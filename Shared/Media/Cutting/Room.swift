// Cutting · not built yet
