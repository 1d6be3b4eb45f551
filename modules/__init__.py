"""What a node can be: every module, and the little that a module file may lean on."""
