// GatewayShell · not built yet
