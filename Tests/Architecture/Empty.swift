// ArchitectureTests · not built yet
