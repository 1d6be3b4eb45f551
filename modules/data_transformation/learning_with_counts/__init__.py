"""Data Transformation: Learning with Counts"""
