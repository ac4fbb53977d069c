// Sound · not built yet
