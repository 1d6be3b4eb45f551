"""What every call over HTTP shares: the page, lists, strict JSON, the OpenAPI document."""
