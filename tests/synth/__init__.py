"""Disclosures that nobody has published: documents and their gold tables, drawn from a seed.

Places and kinds of office are real words so that names read as they do in practice; every figure is invented.
`python -m tests.synth --help` writes them to a folder.
"""
