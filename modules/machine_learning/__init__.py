"""Machine Learning"""
