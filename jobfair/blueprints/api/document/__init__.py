"""What the OpenAPI document says beyond what the calls declare: for people, and for generators."""
