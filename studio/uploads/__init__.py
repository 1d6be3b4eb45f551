"""Files on their way in, piece by piece: they may be broken off and gone on with, for a day."""
