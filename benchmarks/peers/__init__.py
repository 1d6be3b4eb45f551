"""The same workloads in Luigi, Kedro, Prefect and Dagster, each in an environment of their own."""
