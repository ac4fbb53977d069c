// FileDriver · not built yet
