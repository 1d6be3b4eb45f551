"""Looking at a table: a page of rows, a summary, an export. Runs inside the sandbox only."""
