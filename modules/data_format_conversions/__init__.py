"""Data Format Conversions"""
