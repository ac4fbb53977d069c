// AinerVoice · not built yet
