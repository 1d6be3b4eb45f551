"""Looking at what nodes left: pages, summaries, charts, exports. Runs inside the sandbox only."""
