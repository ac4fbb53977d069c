// Web · not built yet
