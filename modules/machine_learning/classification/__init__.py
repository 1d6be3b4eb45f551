"""Machine Learning: Classification"""
