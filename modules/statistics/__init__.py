"""Statistical Functions"""
