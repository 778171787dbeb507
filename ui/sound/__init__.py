"""Sound in the window: what plays it."""
