module generate-std-api

go 1.23
