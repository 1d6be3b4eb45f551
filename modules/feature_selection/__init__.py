"""Feature Selection"""
