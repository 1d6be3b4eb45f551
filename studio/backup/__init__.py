"""All that is kept, as one file: the rows of the database, whichever it is, and the files that they name."""
