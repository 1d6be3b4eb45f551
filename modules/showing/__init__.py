"""Show Results"""
