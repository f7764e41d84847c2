"""What app.py draws: one view a file, and what they share."""
