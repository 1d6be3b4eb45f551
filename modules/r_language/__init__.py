"""R Language Modules"""
