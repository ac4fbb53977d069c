// Lanes · not built yet
