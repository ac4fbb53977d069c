// HTTPClientDriver · not built yet
