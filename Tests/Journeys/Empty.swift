// JourneyTests · not built yet
