"""Upload → typed table → artifact."""
