// ServiceHost · not built yet
