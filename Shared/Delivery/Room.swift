// Delivery · not built yet
