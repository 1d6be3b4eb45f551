"""Trained models as files of other tools: skops and ONNX. Both hold scikit-learn's own estimators alone."""
