"""Responders: one a kind of question. Each takes the intent and the finder and returns a draft, or None to pass on."""
