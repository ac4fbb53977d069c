// DoorTests · not built yet
