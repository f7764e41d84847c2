"""What every way into the service shares (HTTP, OpenAI's shape, MCP): rooms, answering, taking files in. No HTTP here."""
