// SharedTests · not built yet
