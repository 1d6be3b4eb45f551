"""Data Transformation: Columns"""
