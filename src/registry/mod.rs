//! OCI registries: references, logins, manifests. Knows `model` only.
