"""Machine Learning: Anomaly Detection"""
