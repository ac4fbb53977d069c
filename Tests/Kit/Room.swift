// Kit · not built yet
