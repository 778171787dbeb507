"""The one door for the window, the command line and foreign programs: questions and commands, plain values."""
