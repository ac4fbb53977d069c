// RedisDriver · not built yet
