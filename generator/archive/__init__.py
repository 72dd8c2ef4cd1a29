"""The archive: dated snapshots of every dataset, word for word, and the facts as of a day."""
