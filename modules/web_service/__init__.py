"""Web Service"""
