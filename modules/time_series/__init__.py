"""Time Series"""
