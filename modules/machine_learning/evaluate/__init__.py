"""Machine Learning: Evaluate"""
