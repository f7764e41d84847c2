"""Sample disclosures under other names, in other years and with other figures, and the same questions asked of them.

What is right about the samples must be right about these: an engine that leans on a name, a year or a number that it
has seen shows it here.
"""
