"""Commands by group. Each module has `register(app)`."""
