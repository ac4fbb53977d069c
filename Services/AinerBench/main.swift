// AinerBench · not built yet
