"""The tables behind the live lists: plain rows, updated at most ten times a second."""
