"""What `manage.py run` does around a run: its arguments, and its results as files."""
