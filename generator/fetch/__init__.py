"""The only use of the network: the day's run, and files of a published site."""
