"""`openmss-cli`: the server without a window, and commands on a data folder, served or not."""
