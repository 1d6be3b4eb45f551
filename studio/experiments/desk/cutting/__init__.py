"""Cuts a stranger's code into nodes by what each cell defines and uses. Code is parsed, never executed."""
