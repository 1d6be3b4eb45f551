"""Estimators as learners want them: scikit-learn's with classic's defaults, and the few that it has not."""
