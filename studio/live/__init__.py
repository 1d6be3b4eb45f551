"""What open browsers and the web process hear at once: events, presence, answers of workers."""
