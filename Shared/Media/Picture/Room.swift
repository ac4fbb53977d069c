// Picture · not built yet
