// GatewayAdapters · not built yet
