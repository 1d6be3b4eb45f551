"""What went through the proxy on the sandbox's door: which node of whom reached which host."""
