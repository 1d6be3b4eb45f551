"""What `make bench` runs: workloads through the whole product, beside the same work in plain pandas."""
