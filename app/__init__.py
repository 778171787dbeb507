"""The PBX: runs with a window or without one, and imports no Qt."""
