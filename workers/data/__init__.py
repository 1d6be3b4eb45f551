"""What a sandbox's job is given: artifacts as inputs, datasets, uploaded files."""
