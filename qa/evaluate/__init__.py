"""How right the answers are: question sets, judging, runs, comparison, reports, and other systems to hold against."""
