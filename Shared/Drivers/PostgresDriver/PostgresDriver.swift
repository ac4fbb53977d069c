// PostgresDriver · not built yet
