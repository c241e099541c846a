"""The event model: word pieces in, what it judges of a sentence out. ONNX only, never torch."""
