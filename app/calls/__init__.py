"""Calls as legs joined by a bridge: no database, and nothing of what a PBX makes of them."""
