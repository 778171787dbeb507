"""The one door for the window, the command line and others: questions and commands, plain values."""
