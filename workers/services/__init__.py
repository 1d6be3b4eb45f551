"""Published services: interpreters that are kept warm, and the calls that they answer."""
