// ContractsTests · not built yet
