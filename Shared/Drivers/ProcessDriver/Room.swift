// ProcessDriver · not built yet
