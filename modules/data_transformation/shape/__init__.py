"""Data Transformation: Shape"""
