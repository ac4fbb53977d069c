// CryptoDriver · not built yet
