"""Learning from tables: recipes, training, scores and metrics. The modules of Machine Learning call it."""
