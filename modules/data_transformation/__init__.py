"""Data Transformation"""
