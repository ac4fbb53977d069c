// HTTPServerDriver · not built yet
