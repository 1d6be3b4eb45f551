"""Text Analytics"""
