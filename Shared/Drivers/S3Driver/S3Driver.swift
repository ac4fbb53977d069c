// S3Driver · not built yet
