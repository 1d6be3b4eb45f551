"""The database: its connections, its time, its release, and long lists in parts."""
