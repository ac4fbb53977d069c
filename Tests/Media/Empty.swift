// MediaTests · not built yet
