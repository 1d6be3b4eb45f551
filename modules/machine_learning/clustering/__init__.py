"""Machine Learning: Clustering"""
