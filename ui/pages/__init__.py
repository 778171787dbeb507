"""The pages of the content area: layout and wiring."""
