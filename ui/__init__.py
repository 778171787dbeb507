"""The window: of `app` it knows only engine, api, events, errors, fields, options and paths."""
