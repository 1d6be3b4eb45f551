"""Machine Learning: Regression"""
