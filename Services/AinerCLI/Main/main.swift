// AinerCLI · not built yet
