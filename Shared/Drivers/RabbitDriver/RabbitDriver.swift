// RabbitDriver · not built yet
