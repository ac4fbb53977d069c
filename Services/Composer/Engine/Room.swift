// ComposerEngine · not built yet
