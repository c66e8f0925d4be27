"""The command line of the library `campaign`: parse, call one function of it, print."""
