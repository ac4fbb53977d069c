// SQLiteDriver · not built yet
