// GatewayTests · not built yet
