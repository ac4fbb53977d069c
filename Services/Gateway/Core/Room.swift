// GatewayCore · not built yet
