// Entities · not built yet
