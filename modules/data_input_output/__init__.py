"""Data Input and Output"""
