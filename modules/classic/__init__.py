"""Old scripts: the library names, habits and language of 2014–2018, for a script that asks for them.

Everything here is entered by one process for one script (`surroundings.classic`) and imported by no other.
"""
