// Embedded · not built yet
