"""What a call of a published service says, and what it is answered: schema, plan, forms and problems."""
