"""Python Language Modules"""
