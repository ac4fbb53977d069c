// AinerCLICore · not built yet
