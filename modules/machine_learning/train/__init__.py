"""Machine Learning: Train"""
