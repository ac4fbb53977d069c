// Raster · not built yet
