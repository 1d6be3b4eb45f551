"""Data Transformation: Rows"""
