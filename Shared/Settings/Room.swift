// Settings · not built yet
