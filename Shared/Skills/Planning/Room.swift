// Planning · not built yet
