//! deploy.yaml: from text to a `Manifest`. Pure: files and look-ups are handed in.
