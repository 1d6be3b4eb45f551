"""Data Transformation: Filter"""
