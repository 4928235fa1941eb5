"""The statements of `utmforge measure`: text that DuckDB and Spark run alike."""
