"""The formats of other tools in which a model can be taken away."""

MODEL_FORMATS = {"skops": "application/zip", "onnx": "application/octet-stream"}
"""The media type of each."""
