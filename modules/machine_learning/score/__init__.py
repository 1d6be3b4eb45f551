"""Machine Learning: Score"""
